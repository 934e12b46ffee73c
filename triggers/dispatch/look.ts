import { HaloNotFoundError } from '../../errors.ts';
import { demandHalo, haloIdOf, haloOfConnection } from '../../organizations/halo.ts';
import type { Configuration } from '../../organizations/types.ts';
import { completeHaloEvent } from '../webhooks/complete.ts';
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

/** In another Halo, and in one that went back, as after a restore, another record may have the row's id. */
function checkStillThere(configuration: Configuration, row: EventRow): void {
  const { connection, halo: name, kind, record } = row;
  const halo = name === null ? null : haloOfConnection(configuration, connection);
  if (name === null || halo === null) return;
  demandHalo(haloIdOf(name), halo, connection ?? '');
  if (kind === null || record === null || halo.nameOf(record) === name) return;
  throw new HaloNotFoundError(`record ${record} is not in ${halo.id} any more, which went back to before it`);
}

/**
 * What a row is about: whether haloflow made it itself and, if not, its event, read from Halo unless it is known. While a
 * write is under way that may have made it, the mark to wait with.
 *
 * @throws BudgetWait and the classes of errors.ts.
 */
export async function lookAt(
  { configuration, guard, records }: Pick<Working, 'configuration' | 'guard' | 'records'>,
  trigger: Trigger,
  row: EventRow,
): Promise<Occurrence | Mark> {
  const { key, connection, kind, record, organization, payload } = row;
  checkStillThere(configuration, row);
  const whose = isGuarded(trigger, row) ? await guard.whose(row) : 'theirs';
  if (whose === 'unknown') {
    const reason = 'haloflow is writing to this host, and this may be what it writes';
    return { row, status: 'pending', reason, delayMs: WAIT_FOR_WRITE_MS, unspent: true };
  }
  const own = whose === 'own';
  if (own || connection === null) return { key, connection, organization, event: payload, own };
  const at = { connection, halo: row.halo === null ? null : haloIdOf(row.halo) };
  const event =
    payload === null && kind !== null && record !== null
      ? recordEvent(kind, await records.read({ ...at, action: ACTIONS[kind], id: record }))
      : await completeHaloEvent(payload, (action, id) => records.read({ ...at, action, id }));
  return { key, connection, organization, event, own };
}

/** What a person asks for by hand runs, whoever made the record. */
function isGuarded({ parameters }: Trigger, { source }: EventRow): boolean {
  return parameters['includeOwn'] !== true && source !== 'manual';
}
