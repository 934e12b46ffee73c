import { HaloNotFoundError } from '../../errors.ts';
import type { FeedKind, Trigger } from '../types.ts';
import { sourcesOf } from './rewind.ts';
import type { Rewinding } from './rewind.ts';
import { SOURCES, listRows } from './source.ts';

/** A record that the trigger would look at. */
export interface Preview {
  readonly connection: string;
  readonly kind: FeedKind;
  readonly id: number;
  /** In full, as the workflow would get it. */
  readonly record: unknown;
}

/**
 * The last records of what a trigger takes its events from, newest first, in full.
 *
 * @throws ConfigurationError for a trigger that takes no records from a feed, else what Halo's client throws.
 */
export async function previewTickets(
  parts: Pick<Rewinding, 'configuration' | 'halo'>,
  trigger: Trigger,
  count: number,
): Promise<readonly Preview[]> {
  const { connection, kinds } = await sourcesOf(parts, trigger);
  const { halo } = parts;
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      // One that was deleted since it was listed leaves its place to the next.
      const input = { pageinate: true, page_size: count + 5 };
      const rows = await listRows({ halo, lane: 'interactive' }, { connection, kind }, { input });
      return rows.map(({ id }) => ({ kind, id }));
    }),
  );
  const newest = lists.flat().sort((left, right) => right.id - left.id);
  const previews: Preview[] = [];
  for (const { kind, id } of newest) {
    if (previews.length === count) break;
    try {
      const record = await halo.call({
        connection,
        action: SOURCES[kind].get,
        input: { id },
        lane: 'interactive',
      });
      previews.push({ connection, kind, id, record });
    } catch (error) {
      if (!(error instanceof HaloNotFoundError)) throw error;
    }
  }
  return previews;
}
