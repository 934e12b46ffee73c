import { isDayOnly, parseHaloDate } from './dates.ts';
import { invalidValue } from './refusal.ts';

const DAY = 86_400_000;

/** The query of a request as ASP.NET binds it: names without regard to case, the first of several values. */
export class Query {
  private readonly values = new Map<string, string>();

  constructor(parameters: Iterable<[string, string]>) {
    for (const [name, value] of parameters) {
      const key = name.toLowerCase();
      if (!this.values.has(key)) this.values.set(key, value);
    }
  }

  text(name: string): string | undefined {
    const value = this.values.get(name);
    return value === undefined || value === '' ? undefined : value;
  }

  /** Only the word true counts; `orderdesc=1` is false (seen on a live tenant). */
  flag(name: string): boolean {
    return this.values.get(name)?.toLowerCase() === 'true';
  }

  /** False only when the parameter is there and says false. */
  unlessFalse(name: string): boolean {
    return this.values.get(name)?.toLowerCase() !== 'false';
  }

  /** Throws a 400 for anything that is not a whole number. */
  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\s*-?\d+\s*$/.test(value)) throw invalidValue(name, value);
    return Number(value);
  }

  /** A whole number above zero; anything else counts as not given (`count=true` of node-halopsa). */
  positive(name: string): number | undefined {
    const value = Number(this.text(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  }

  /** A list of values separated by commas, sometimes in brackets or quotes. */
  list(name: string): readonly string[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const parts = value.replace(/^\[|\]$/g, '').split(',');
    const items = parts.map((part) => part.trim().replace(/^["']|["']$/g, '')).filter((part) => part !== '');
    return items.length > 0 ? items : undefined;
  }

  /** Milliseconds since 1970; a day without a time means its start, or with `endOfDay` its last millisecond. */
  date(name: string, endOfDay = false): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const milliseconds = parseHaloDate(value);
    if (milliseconds === null) throw invalidValue(name, value);
    return endOfDay && isDayOnly(value) ? milliseconds + DAY - 1 : milliseconds;
  }
}
