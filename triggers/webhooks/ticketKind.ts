/** Projects and opportunities are tickets to Halo's webhooks; the type of a ticket tells them apart. */
import { timeLimit } from '../../timeLimit.ts';
import { recordId, SOURCES } from '../feeds/source.ts';
import type { HaloPort } from '../haloPort.ts';
import type { FeedKind } from '../types.ts';
import type { HaloDelivery } from './haloDelivery.ts';

export interface TicketKinds {
  /** Null when it cannot be told now. */
  of(connection: string, typeId: number): Promise<FeedKind | null>;
}

/** A type of tickets stays what it is, but a person may change even that. */
const KEEP_MS = 600_000;
const FEEDS = ['tickets', 'projects', 'opportunities'] as const;
/** Halo waits for the answer to its delivery. */
const PATIENCE_MS = 10_000;

const kindOf = (use: unknown): FeedKind => FEEDS.find((kind) => SOURCES[kind].domain === use) ?? 'tickets';

/** Asks Halo for each type once in a while. */
export function createTicketKinds(halo: HaloPort): TicketKinds {
  const known = new Map<string, { readonly kind: FeedKind; readonly at: number }>();
  return {
    async of(connection, typeId) {
      const key = `${connection}/${typeId}`;
      const kept = known.get(key);
      if (kept && Date.now() - kept.at < KEEP_MS) return kept.kind;
      try {
        const type = await halo.call({
          connection,
          action: 'ticketTypes.get',
          input: { id: typeId },
          signal: timeLimit(PATIENCE_MS),
        });
        const kind = kindOf((type as Readonly<Record<string, unknown>>)['use']);
        known.set(key, { kind, at: Date.now() });
        return kind;
      } catch {
        return null;
      }
    },
  };
}

/** What kind of ticket a delivery is about; null when it does not say, or Halo cannot be asked. */
export async function kindOfTicket(
  kinds: TicketKinds,
  connection: string,
  { records: { ticket } }: HaloDelivery,
): Promise<FeedKind | null> {
  const nested = ticket?.['tickettype'] as { readonly id?: unknown } | null | undefined;
  const typeId = recordId(ticket?.['tickettype_id'] ?? nested?.id);
  return typeId === null ? null : await kinds.of(connection, typeId);
}
