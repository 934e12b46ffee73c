import { showRun } from '../../triggers/runDetails.ts';
import type { Outcome } from '../outcome.ts';
import { withStack } from '../stack.ts';
import { detailsDocument, detailsPage } from './page.ts';

/** What `haloflow runs show` does. */
export async function shown(id: string): Promise<Outcome> {
  return await withStack({ worker: 'none' }, async ({ store, starter }) => {
    const details = await showRun(store, starter.client, id);
    return {
      ok: true,
      json: { ok: true, ...detailsDocument(details) },
      text: detailsPage(details, new Date()),
    };
  });
}
