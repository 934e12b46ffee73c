import type { EventRow, FeedKind, Trigger } from '../types.ts';
import type { Occurrence } from './decide.ts';
import type { Mark } from './marks.ts';
import { recordEvent } from './subject.ts';
import type { Working } from './working.ts';

const ACTIONS: Readonly<Record<FeedKind, string>> = {
  tickets: 'tickets.get',
  projects: 'projects.get',
  opportunities: 'opportunities.get',
};

/** What a write under way may have made is looked at again. */
const WAIT_FOR_WRITE_MS = 1_000;

/**
 * What a row is about: whether haloflow made it itself and, if not, its event, read from Halo unless it is known. While a
 * write is under way that may have made it, the mark to wait with.
 *
 * @throws BudgetWait and the classes of errors.ts.
 */
export async function lookAt(
  { guard, records }: Pick<Working, 'guard' | 'records'>,
  trigger: Trigger,
  row: EventRow,
): Promise<Occurrence | Mark> {
  const { key, connection, kind, record, organization, payload } = row;
  const whose = isGuarded(trigger, row) ? await guard.whose(row) : 'theirs';
  if (whose === 'unknown') {
    const reason = 'haloflow is writing to this host, and this may be what it writes';
    return { row, status: 'pending', reason, delayMs: WAIT_FOR_WRITE_MS, unspent: true };
  }
  const own = whose === 'own';
  const isKnown = payload !== null || connection === null || kind === null || record === null;
  const event =
    own || isKnown
      ? payload
      : recordEvent(kind, await records.read({ connection, action: ACTIONS[kind], id: record }));
  return { key, connection, organization, event, own };
}

/** What a person asks for by hand runs, whoever made the record. */
function isGuarded({ parameters }: Trigger, { source }: EventRow): boolean {
  return parameters['includeOwn'] !== true && source !== 'manual';
}
