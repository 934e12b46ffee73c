/** Halo's small payloads, those with the event only, and templates lack most of the record: it is read before a run. */
import { HaloNotFoundError } from '../../errors.ts';
import { haloEventNamed } from '../catalogue/haloEvents.ts';
import type { HaloEventKind } from '../catalogue/haloEvents.ts';

const ACTIONS: Readonly<Record<HaloEventKind['subject'], string>> = {
  ticket: 'tickets.get',
  site: 'sites.get',
  user: 'users.get',
  invoice: 'invoices.get',
};

/** Reads a record by its action and id, as Halo has it now. */
export type ReadRecord = (action: string, id: number) => Promise<unknown>;

/**
 * The event of a halo-event trigger with its record in full. What was sent and is no property of the record stays; a
 * record that is deleted, by now or by the event, stays as it was sent.
 *
 * @throws what `read` throws, but for a record that is not there.
 */
export async function completeHaloEvent(event: unknown, read: ReadRecord): Promise<unknown> {
  if (typeof event !== 'object' || event === null || !('partial' in event)) return event;
  const { event: name, object_id: id } = event as Readonly<Record<string, unknown>>;
  const kind = haloEventNamed(String(name));
  if (!kind || typeof id !== 'number' || kind.name.toLowerCase().endsWith('deleted')) return event;
  try {
    const record = await read(ACTIONS[kind.subject], id);
    const { partial: _, ...rest } = event as Readonly<Record<string, unknown>>;
    return {
      ...rest,
      [kind.subject]: { ...(rest[kind.subject] as object | undefined), ...(record as object) },
    };
  } catch (error) {
    if (error instanceof HaloNotFoundError) return event;
    throw error;
  }
}
