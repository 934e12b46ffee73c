/**
 * How commands speak to the control plane: over HTTP to the haloflow that HALOFLOW_URL names, with HALOFLOW_TOKEN, or to
 * the `haloflow start` of this home, or to the same routes in this process, on the local store.
 */
import { resolve } from 'node:path';
import { request } from 'undici';
import { PREFIX } from '../api/control/prefix.ts';
import { ConfigurationError } from '../errors.ts';
import { say } from './outcome.ts';
import { residentApi } from './resident.ts';
import type { ResidentApi } from './resident.ts';

/** What the API refused, under the name that it has there. */
class ApiError extends Error {
  constructor(code: string, detail: string) {
    super(detail);
    this.name = code;
  }
}

interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, its parameters encoded. */
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: unknown;
}

/** What a command needs of a haloflow that this process has to be itself: the store, Temporal as well, a worker as well. */
export type Needs = 'store' | 'temporal' | 'worker';

export interface Api {
  /** Who works on runs: a haloflow elsewhere, this process as long as it lives, or the next `haloflow start`. */
  readonly works: 'elsewhere' | 'here' | 'later';
  /** The document that the route answers. Throws an error whose name is the problem's `code`. */
  call<Answer>(request: ApiRequest): Promise<Answer>;
}

/** Runs `body` with the control plane, wherever it is. */
export async function withApi<T>(
  body: (api: Api) => Promise<T>,
  { needs = 'store' }: { readonly needs?: Needs } = {},
): Promise<T> {
  const served = await servedOrNull();
  if (served) return await body(served);
  // A command that is answered elsewhere need not load any of it.
  const { withLocalApi } = await import('./localApi.ts');
  return await withLocalApi(needs, body);
}

/** The haloflow that HALOFLOW_URL names, or the one that serves this home; null: there is none. */
async function servedOrNull(): Promise<Api | null> {
  const url = process.env['HALOFLOW_URL'];
  if (url) return remoteApi(url, process.env['HALOFLOW_TOKEN'] ?? '');
  const resident = residentApi();
  if (!resident || !(await answers(resident.url))) return null;
  tellOtherWorkflows(resident);
  return apiAt(resident.url, resident.token, 0);
}

/** The folder of this command counts for nothing there, and somebody may wait for a change in it. */
function tellOtherWorkflows({ workflows }: ResidentApi): void {
  const named = process.env['HALOFLOW_WORKFLOWS'];
  if (!named || workflows === undefined || resolve(named) === workflows) return;
  say(
    `note: HALOFLOW_WORKFLOWS has no effect on this command: the haloflow start that answers it runs the workflows in ${workflows}. ` +
      'Restart it with HALOFLOW_WORKFLOWS set to use others.',
  );
}

/** How long a haloflow elsewhere may take; one of this home is waited for as long as it lives. */
const TIMEOUT_MS = 600_000;
/** How long one on this machine may take to say that it is there. */
const HEALTH_TIMEOUT_MS = 5_000;

/** It may stop between two looks, or hang: the store is there all the same. */
async function answers(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/healthz`, {
      headersTimeout: HEALTH_TIMEOUT_MS,
      bodyTimeout: HEALTH_TIMEOUT_MS,
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

function remoteApi(url: string, token: string): Api {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ConfigurationError(
      `HALOFLOW_URL is "${url}", which is no web address: set it to what \`haloflow start\` prints as api, or unset it to use the local store`,
    );
  }
  if (token === '') {
    throw new ConfigurationError(
      'HALOFLOW_URL is set and HALOFLOW_TOKEN is not: set it to a token of that haloflow (`haloflow tokens create` there), or unset HALOFLOW_URL to use the local store',
    );
  }
  return apiAt(url, token, TIMEOUT_MS);
}

/** Without limit where `timeoutMs` is 0. */
function apiAt(url: string, token: string, timeoutMs: number): Api {
  return {
    works: 'elsewhere',
    async call(asked) {
      const body = asked.body === undefined ? {} : { body: JSON.stringify(asked.body) };
      let reply;
      try {
        reply = await request(`${url.replace(/\/+$/, '')}${pathOf(asked)}`, {
          method: asked.method ?? 'GET',
          headers: {
            authorization: `Bearer ${token}`,
            ...('body' in body ? { 'content-type': 'application/json' } : {}),
          },
          bodyTimeout: timeoutMs,
          headersTimeout: timeoutMs,
          ...body,
        });
      } catch (cause) {
        if ((cause as { code?: unknown }).code === 'UND_ERR_HEADERS_TIMEOUT') {
          throw new ConfigurationError(
            `haloflow at ${url} has not answered within ${timeoutMs / 1000} s, and may still do what was asked: ` +
              'where it asks Halo, it waits for the rate budget; `haloflow doctor` says what of it is used',
            { cause },
          );
        }
        throw new ConfigurationError(
          `haloflow at ${url} does not answer (${(cause as Error).message}): check HALOFLOW_URL, and that \`haloflow start\` runs there`,
          { cause },
        );
      }
      return answerOf(reply.statusCode, await reply.body.text()) as never;
    },
  };
}

/** The path of a request with its query. */
export function pathOf({ path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) search.append(name, String(one));
  }
  const text = search.toString();
  return `${PREFIX}${path}${text === '' ? '' : `?${text}`}`;
}

/** What an answer holds; throws what the API refused, under the name that it has there. */
export function answerOf(status: number, text: string): unknown {
  const document = parsed(text);
  if (status < 300) return document;
  const { code, detail } = (document ?? {}) as { readonly code?: string; readonly detail?: string };
  throw new ApiError(code ?? `HTTP ${status}`, detail ?? `the API answered ${status}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
