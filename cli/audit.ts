/** What `haloflow audit` does. */
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';
import { moment } from './when.ts';

export interface AuditOptions {
  readonly org?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly object: string;
  readonly organization: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export async function listed(options: AuditOptions): Promise<Outcome> {
  const { org, actor, action, object, since, until, limit, cursor } = options;
  return await withApi(async (api) => {
    const page = await api.call<{ entries: readonly Entry[]; next: string | null }>({
      path: '/audit',
      query: {
        organization: org,
        actor,
        action,
        object,
        since: since?.toISOString(),
        until: until?.toISOString(),
        limit,
        cursor,
      },
    });
    const rows = page.entries.map((entry) => [
      moment(new Date(entry.at)),
      entry.actor,
      entry.action,
      entry.object,
      entry.organization ?? '-',
      changeOf(entry),
    ]);
    const columns = ['time', 'actor', 'action', 'object', 'organization', 'before -> after'];
    const drawn = rows.length === 0 ? 'No entries.' : table(columns, rows);
    const more = page.next === null ? '' : `\n\nThere are more: --cursor ${page.next} shows older ones`;
    return { ok: true, json: { ok: true, ...page }, text: drawn + more };
  });
}

/** Characters of a change that a line shows; `--json` has all. */
const SHOWN = 80;

/** What differs, by name: `retentionDays 30 -> 90`. */
function changeOf({ before, after }: Pick<Entry, 'before' | 'after'>): string {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const parts = [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const [from, to] = [told(was[name]), told(is[name])];
    if (before === null || after === null) return from === to ? [] : [`${name} ${from ?? to}`];
    return from === to && from !== CHANGED ? [] : [`${name} ${from ?? '-'} -> ${to ?? '-'}`];
  });
  const text = `${after === null && before !== null ? 'was ' : ''}${parts.join(', ')}`;
  if (text === '') return '-';
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 2)} …` : text;
}

/** Stands for a secret, before and after. */
const CHANGED = '(changed)';

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** Null for nothing. */
function told(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
