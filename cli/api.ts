/**
 * How commands speak to the control plane: over HTTP to the haloflow that HALOFLOW_URL names, with HALOFLOW_TOKEN, or to
 * the same routes in this process, on the local store.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { createControlPlane } from '../api/server.ts';
import { PREFIX } from '../api/control/control.ts';
import { createBudgets } from '../calls/budget.ts';
import { ConfigurationError } from '../errors.ts';
import { createHaloClient } from '../halo/client.ts';
import { configurationReader } from '../organizations/configuration.ts';
import type { Store } from '../store/store.ts';
import { triggerReader } from '../triggers/registry.ts';
import { createConnector } from '../worker/check/connector.ts';
import { createHaloPort } from '../worker/haloPort.ts';
import { Closing } from './closing.ts';
import { files } from './files.ts';
import { unlessInterrupted } from './interrupt.ts';
import { openOnlyStore } from './openStore.ts';
import { version } from './version.ts';

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

export interface Api {
  /** The document that the route answers. Throws an error whose name is the problem's `code`. */
  call<Answer>(request: ApiRequest): Promise<Answer>;
}

/** Runs `body` with the control plane, wherever it is. */
export async function withApi<T>(body: (api: Api) => Promise<T>): Promise<T> {
  const remote = remoteOrNull();
  if (remote) return await body(remote);
  const closing = new Closing();
  try {
    const { store } = await unlessInterrupted(closing.open(openOnlyStore()));
    return await body(await closing.open(localApi(store)));
  } finally {
    await closing.close();
  }
}

/** The haloflow that HALOFLOW_URL names; null: the local store is meant. */
export function remoteOrNull(): Api | null {
  const url = process.env['HALOFLOW_URL'];
  return url ? remoteApi(url, process.env['HALOFLOW_TOKEN'] ?? '') : null;
}

/** How long a remote haloflow may take. */
const TIMEOUT_MS = 120_000;

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
  return {
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
          bodyTimeout: TIMEOUT_MS,
          headersTimeout: TIMEOUT_MS,
          ...body,
        });
      } catch (cause) {
        if ((cause as { code?: unknown }).code === 'UND_ERR_HEADERS_TIMEOUT') {
          throw new ConfigurationError(
            `haloflow at ${url} has not answered within ${TIMEOUT_MS / 1000} s, and may still do what was asked: ` +
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

async function localApi(store: Store): Promise<Api & { close(): Promise<void> }> {
  const configuration = configurationReader(store);
  const budgets = createBudgets(store);
  const client = createHaloClient();
  const triggers = triggerReader(store);
  const halo = createHaloPort({ store, budgets, halo: client, configuration });
  const localToken = randomBytes(32).toString('base64url');
  const server = await createControlPlane(
    {
      store,
      configuration,
      triggers,
      halo,
      connector: createConnector({ store, configuration, triggers, budgets, client, port: halo }),
      files,
      starter: () =>
        Promise.reject(
          new ConfigurationError(
            'this starts runs, which only a running haloflow can: `haloflow start`, and set HALOFLOW_URL to what it prints as api and HALOFLOW_TOKEN to a token of it',
          ),
        ),
      dispatch: () => Promise.resolve([]),
    },
    { localToken, version: version() },
  );
  return {
    async call(asked) {
      const reply = await server.inject({
        method: asked.method ?? 'GET',
        url: pathOf(asked),
        headers: { authorization: `Bearer ${localToken}` },
        ...(asked.body === undefined ? {} : { payload: asked.body as object }),
      });
      return answerOf(reply.statusCode, reply.body) as never;
    },
    async close() {
      await server.close();
      await budgets.close();
      await client.close();
    },
  };
}

function pathOf({ path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) search.append(name, String(one));
  }
  const text = search.toString();
  return `${PREFIX}${path}${text === '' ? '' : `?${text}`}`;
}

function answerOf(status: number, text: string): unknown {
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
