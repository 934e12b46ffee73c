/** The control plane in this process, on the local store: for commands while no haloflow serves this home. */
import { randomBytes } from 'node:crypto';
import { createControlPlane } from '../api/server.ts';
import type { Control } from '../api/control/types.ts';
import { ConfigurationError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { taskQueues } from '../worker/queues.ts';
import { answerOf, pathOf } from './api.ts';
import type { Api, Needs } from './api.ts';
import { Closing } from './closing.ts';
import { controlParts } from './controlParts.ts';
import { unlessInterrupted } from './interrupt.ts';
import { openOnlyStore } from './openStore.ts';
import { version } from './version.ts';

/** Runs `body` with it, and closes whatever it needs whatever comes of that. */
export async function withLocalApi<T>(needs: Needs, body: (api: Api) => Promise<T>): Promise<T> {
  if (needs !== 'store') return await withTemporal(needs, body);
  const closing = new Closing();
  try {
    const { store } = await unlessInterrupted(closing.open(openOnlyStore()));
    const noTemporal = new ConfigurationError('this needs Temporal, and only the store is open here');
    return await body(await closing.open(openControlPlane(store, () => Promise.reject(noTemporal))));
  } finally {
    await closing.close();
  }
}

async function withTemporal<T>(needs: Needs, body: (api: Api) => Promise<T>): Promise<T> {
  const { withStack } = await import('./stack.ts');
  return await withStack({ worker: needs === 'worker' ? 'missing' : 'none' }, async (stack) => {
    const api = await openControlPlane(stack.store, () => Promise.resolve(stack.starter));
    try {
      return await Promise.race([
        body({ ...api, works: stack.starter.eager ? 'here' : 'later' }),
        stack.broken,
      ]);
    } finally {
      await api.close();
    }
  });
}

async function openControlPlane(
  store: Store,
  starter: Control['starter'],
): Promise<Api & { close(): Promise<void> }> {
  const control = controlParts(store);
  const localToken = randomBytes(32).toString('base64url');
  const server = await createControlPlane(
    { ...control.parts, starter, taskQueue: taskQueues().runs },
    { localToken, version: version() },
  );
  return {
    works: 'later',
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
      await control.close();
    },
  };
}
