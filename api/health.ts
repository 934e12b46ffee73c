/** For those who watch over the process: is it alive, can it work, what has it done. */
import type { FastifyInstance } from 'fastify';
import { registry } from '../calls/metrics.ts';
import { tryWrite } from '../store/tryWrite.ts';
import type { Control } from './control/types.ts';
import { forgetStored, readStored } from './storedMetrics.ts';

/** A dependency that says nothing for so long counts as away. */
const PATIENCE_MS = 3_000;

/**
 * `/healthz`: this process answers. `/readyz`: each thing it needs, by name; 503 when one is away. `/metrics`: for
 * Prometheus. None asks for a token, none says more than names and numbers.
 */
export function healthRoutes(server: FastifyInstance, control: Pick<Control, 'store' | 'starter'>): void {
  const { store, starter } = control;
  const dependencies: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['postgres', () => tryWrite(store)],
    ['temporal', async () => (await starter()).client.workflowService.getSystemInfo({})],
  ];
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const states = await Promise.all(dependencies.map(async ([name, ask]) => [name, await stateOf(ask)]));
    const isReady = states.every(([, state]) => state === 'ok');
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? 'ok' : 'unavailable',
      dependencies: Object.fromEntries(states) as object,
    });
  });
  server.get('/metrics', async (_request, reply) => {
    // Without a database there are the numbers of this process.
    if ((await stateOf(() => readStored(store))) !== 'ok') forgetStored();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

async function stateOf(ask: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(() => resolve('unavailable'), PATIENCE_MS);
  });
  const asked = ask().then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
