import { AsyncLocalStorage } from 'node:async_hooks';
import { Client } from '@temporalio/client';
import type { ClientOptions, Headers, WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import '../protobufTexts.ts';
import { RUN_HEADER } from '../sdk/header.ts';
import type { RunHeader } from '../sdk/header.ts';

const starting = new AsyncLocalStorage<RunHeader>();

const withHeader = (headers: Headers): Headers => {
  const header = starting.getStore();
  return header ? { ...headers, [RUN_HEADER]: defaultPayloadConverter.toPayload(header) } : headers;
};

const interceptor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withHeader(input.headers) }),
  signalWithStart: (input, next) => next({ ...input, headers: withHeader(input.headers) }),
};

/** Everything that a workflow start inside `body` needs to carry the run's header. */
export function startingRun<T>(header: RunHeader, body: () => Promise<T>): Promise<T> {
  return starting.run(header, body);
}

/** A Temporal client whose starts carry the run's header (see {@link startingRun}). */
export function createClient(options: ClientOptions): Client {
  return new Client({ ...options, interceptors: { workflow: [interceptor] } });
}

/** The client with a limit of `ms` milliseconds for each request; once the signal is aborted, it sends no more. */
export function eachWithin(client: Client, ms: number, signal?: AbortSignal): Client {
  const { connection, options } = client;
  const workflowService = new Proxy(connection.workflowService, {
    get(service, name) {
      const found: unknown = Reflect.get(service, name);
      if (typeof found !== 'function') return found;
      const ask = found as (...args: unknown[]) => unknown;
      return (...args: unknown[]) =>
        connection.withDeadline(Date.now() + ms, async () => {
          signal?.throwIfAborted();
          return await ask.apply(service, args);
        });
    },
  });
  // What its methods keep of the connection is its own.
  const limited = new Proxy(connection, {
    get(target, name) {
      if (name === 'workflowService') return workflowService;
      const found: unknown = Reflect.get(target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
  return createClient({ ...options, connection: limited });
}
