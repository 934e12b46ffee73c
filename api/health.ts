/** For those who watch over the process: is it alive, can it work, what has it done. */
import type { FastifyInstance } from 'fastify';
import { AggregatorRegistry } from 'prom-client';
import type { PrometheusContentType } from 'prom-client';
import { registry } from '../calls/metrics.ts';
import { tryWrite } from '../store/tryWrite.ts';
import type { Control } from './control/types.ts';
import { sharedLook } from './sharedLook.ts';
import type { WatchedWorkers } from './types.ts';
import { forgetStored, readStored } from './storedMetrics.ts';

/** A dependency that says nothing for so long counts as away. */
const PATIENCE_MS = 3_000;
/** The oldest that a reported state may be. */
const READY_MS = 1_000;
const METRICS_MS = 15_000;

/**
 * `/healthz`: this process answers. `/readyz`: each thing it needs, by name; 503 when one is away. `/metrics`: for
 * Prometheus. None asks for a token, none says more than names and numbers.
 */
export function healthRoutes(
  server: FastifyInstance,
  {
    store,
    starter,
    workers,
  }: Pick<Control, 'store' | 'starter'> & { readonly workers: WatchedWorkers | undefined },
): void {
  const stored = sharedLook(() => stateOf(() => readStored(store)), METRICS_MS);
  const dependencies: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['postgres', () => tryWrite(store)],
    ['temporal', async () => (await starter()).client.workflowService.getSystemInfo({})],
  ];
  const ready = sharedLook(
    () => Promise.all(dependencies.map(async ([name, ask]) => [name, await stateOf(ask)] as const)),
    READY_MS,
  );
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    // It costs nothing to ask.
    const worker = workers && (['worker', workers.areWell() ? 'ok' : 'unavailable'] as const);
    const states = [...(await ready()), ...(worker ? [worker] : [])];
    const isReady = states.every(([, state]) => state === 'ok');
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? 'ok' : 'unavailable',
      dependencies: Object.fromEntries(states) as object,
    });
  });
  server.get('/metrics', async (_request, reply) => {
    // Without a database there are the numbers of this process.
    if ((await stored()) !== 'ok') forgetStored();
    return reply.type(registry.contentType).send(await shown(workers));
  });
}

/** The metrics of this process and of its workers. */
async function shown(workers: WatchedWorkers | undefined): Promise<string> {
  if (!workers) return await registry.metrics();
  const [own, theirs] = await Promise.all([registry.getMetricsAsJSON(), workers.metrics()]);
  return await AggregatorRegistry.aggregate<PrometheusContentType>([own, [...theirs]]).metrics();
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
