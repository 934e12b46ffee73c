import type { RunDetailsDocument } from '../../triggers/show/runs.ts';
import type { Api } from '../api.ts';

/** A run as the API shows it, by what names it. */
export const runOf = (api: Api, id: string): Promise<RunDetailsDocument> =>
  api.call<RunDetailsDocument>({ path: `/runs/${encodeURIComponent(id)}` });
