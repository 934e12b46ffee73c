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
