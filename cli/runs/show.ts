import { showRun } from '../../triggers/runDetails.ts';
import { runDetailsDocument } from '../../triggers/show/runs.ts';
import type { RunDetailsDocument } from '../../triggers/show/runs.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { withStack } from '../stack.ts';
import { detailsPage } from './page.ts';

/** What `haloflow runs show` does. */
export async function shown(id: string): Promise<Outcome> {
  const remote = remoteOrNull();
  const document = await (remote ? remoteRun(remote, id) : localRun(id));
  return { ok: true, json: { ok: true, ...document }, text: detailsPage(document, new Date()) };
}

/** A run as the API shows it. */
export const remoteRun = (api: Api, id: string): Promise<RunDetailsDocument> =>
  api.call<RunDetailsDocument>({ path: `/runs/${encodeURIComponent(id)}` });

const localRun = (id: string): Promise<RunDetailsDocument> =>
  withStack({ worker: 'none' }, async ({ store, starter }) =>
    runDetailsDocument(await showRun(store, starter.client, id)),
  );
