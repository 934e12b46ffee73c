import type { RunDetailsDocument } from '../../triggers/show/runs.ts';
import { withApi } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { detailsPage } from './page.ts';
import { runOf } from './runOf.ts';

/** What `haloflow runs show` does. */
export async function shown(id: string): Promise<Outcome> {
  const document: RunDetailsDocument = await withApi((api) => runOf(api, id), { needs: 'temporal' });
  return { ok: true, json: { ok: true, ...document }, text: detailsPage(document, new Date()) };
}
