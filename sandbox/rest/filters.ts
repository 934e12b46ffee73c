import { asText } from './text.ts';
import { parseHaloDate } from './dates.ts';
import { bareText } from './refusal.ts';
import type { Query } from './query.ts';
import type { Row } from './table.ts';
import type { Context } from './resource.ts';

type Test = (row: Row) => boolean;

/** Reads its parameters once per request; null when they are not given. */
export type Filter = (query: Query, context: Context) => Test | null;

const same = (left: unknown, right: string): boolean => asText(left).toLowerCase() === right.toLowerCase();

/** `client_id=12`: rows whose property is that number. Zero and below count as not given, as Halo's -1 does. */
export function is(parameter: string, field = parameter): Filter {
  return (query) => {
    const wanted = query.integer(parameter);
    return wanted === undefined || wanted <= 0 ? null : (row) => Number(row[field]) === wanted;
  };
}

/** `domain=x`: rows whose property is that text, without regard to case. */
export function isText(parameter: string, field = parameter): Filter {
  return (query) => {
    const wanted = query.text(parameter);
    return wanted === undefined ? null : (row) => same(row[field], wanted);
  };
}

/** `status=1,2`: rows whose property is one of the values. */
export function among(parameter: string, field: string): Filter {
  return (query) => {
    const values = query.list(parameter);
    if (!values) return null;
    const wanted = new Set(values.map((value) => value.toLowerCase()));
    return (row) => wanted.has(asText(row[field]).toLowerCase());
  };
}

/** `excludethese=1,2`: rows whose property is none of the values. */
export function except(parameter: string, field: string): Filter {
  const inverse = among(parameter, field);
  return (query, context) => {
    const test = inverse(query, context);
    return test && ((row) => !test(row));
  };
}

/** `search_summary=x`: rows whose property holds the text. */
export function holds(parameter: string, ...fields: readonly string[]): Filter {
  return (query) => {
    const wanted = query.text(parameter)?.toLowerCase();
    if (wanted === undefined) return null;
    return (row) =>
      fields.some((field) => {
        const value = row[field];
        return (
          (typeof value === 'string' || typeof value === 'number') &&
          String(value).toLowerCase().includes(wanted)
        );
      });
  };
}

/** `mine=true`: rows that pass the test. */
export function when(parameter: string, test: (row: Row, context: Context) => boolean): Filter {
  return (query, context) => (query.flag(parameter) ? (row) => test(row, context) : null);
}

/** Rows whose date lies between two parameters, both ends included. */
export function between(from: string, to: string, date: (row: Row) => unknown): Filter {
  return (query) => {
    const start = query.date(from);
    const end = query.date(to, true);
    if (start === undefined && end === undefined) return null;
    return (row) => {
      const value = date(row);
      const time =
        typeof value === 'number' ? value : typeof value === 'string' ? parseHaloDate(value) : null;
      return time !== null && (start === undefined || time >= start) && (end === undefined || time <= end);
    };
  };
}

/** `advanced_search=[{"filter_name":"x","filter_type":2,"filter_value":"y"}]`; type 2 means equals, others are passed over. */
export const advancedSearch: Filter = (query) => {
  const text = query.text('advanced_search');
  if (text === undefined) return null;
  const conditions = parseConditions(text);
  return (row) =>
    conditions.every(({ filter_name: name, filter_type: type, filter_value: value }) =>
      Number(type) === 2 ? same(row[String(name)], String(value)) : true,
    );
};

function parseConditions(text: string): readonly Record<string, unknown>[] {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'object' && item !== null)) {
      return parsed as Record<string, unknown>[];
    }
  } catch {
    // Text that is no JSON gets the same answer as JSON of another shape.
  }
  throw bareText('Invalid advanced search parameter');
}
