/** Workflows that hand over what cannot be taken: texts with half a character, values that no JSON holds, too much. */
import {
  ApplicationFailure,
  CancelledFailure,
  ParentClosePolicy,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  log,
  patched,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { call, failureOf, halo, triggers } from 'haloflow/sdk';
import { halfAt } from '../halves.ts';

const MB = 1_000_000;

/** Everything that an author can put a text into. */
export const FIELDS: Readonly<Record<string, (text: string) => unknown>> = {
  message: (text) => {
    throw new Error(text);
  },
  name: (text) => {
    throw Object.assign(new Error('named'), { name: text });
  },
  stack: (text) => {
    throw Object.assign(new Error('stack'), { stack: text });
  },
  cause: (text) => {
    throw new Error('outer', { cause: new Error(text) });
  },
  failure: (text) => {
    throw ApplicationFailure.create({
      message: text,
      type: text,
      nonRetryable: true,
      details: [text, { [text]: 1 }],
    });
  },
  text: (text) => {
    // oxlint-disable-next-line no-throw-literal -- authors do
    throw text;
  },
  result: (text) => ({ [text]: text }),
  activity: (text) => call(`${text}.get`, { id: 1 }, { scheduleToCloseTimeout: 500 }).catch(failureOf),
  input: (text) => call('tickets.get', { id: 1, [text]: text }).catch(failureOf),
  option: (text) => call('agents.list', {}, { once: text, fields: [text] }).catch(failureOf),
  summary: (text) => call('agents.list', {}, { summary: text, fields: ['id'] }).then(() => 'done'),
  fire: (text) => triggers.fire(text, { [text]: text }).catch(failureOf),
  organization: (text) =>
    (halo.as(text) as { agents: { list(): Promise<unknown> } }).agents.list().catch(failureOf),
  childType: (text) => executeChild(text, { args: [], workflowRunTimeout: 500 }).catch(() => 'refused'),
  childId: (text) => executeChild(echo, { args: [text], workflowId: `${workflowInfo().workflowId}/${text}` }),
  childArgument: (text) => executeChild(echo, { args: [{ [text]: text }] }),
  childMemo: (text) => executeChild(echo, { args: [1], memo: { [text]: text } }),
  childSummary: (text) => executeChild(echo, { args: [1], staticSummary: text, staticDetails: text }),
  memo: (text) => {
    upsertMemo({ [text]: text });
    return 'done';
  },
  attribute: (text) => {
    upsertSearchAttributes({ TriggerId: [text] });
    return sleep(1);
  },
  signalName: async (text) => {
    const child = await startChild(waiting, { parentClosePolicy: ParentClosePolicy.TERMINATE });
    await child.signal(text, text);
    await child.signal('go');
    return await child.result();
  },
  external: (text) =>
    getExternalWorkflowHandle(text)
      .signal(text, text)
      .catch(() => 'nobody'),
  patch: (text) => patched(text),
  log: (text) => {
    log.info(text, { [text]: text });
    return 'logged';
  },
  timer: (text) => sleep(1, { summary: text }),
  continued: (text) => continueAsNew<typeof echo>(text),
  taskQueue: async (text) => {
    const activities = proxyActivities({ taskQueue: text, scheduleToCloseTimeout: 500 });
    return await activities['agents.list']?.({}).catch(() => 'nobody');
  },
};

/** A workflow with half a character in one field. */
export async function hostileText(field: string, ...text: Parameters<typeof halfAt>): Promise<unknown> {
  return await FIELDS[field]?.(halfAt(...text));
}

export async function echo(value: unknown): Promise<unknown> {
  return await Promise.resolve(value);
}

export async function waiting(): Promise<string> {
  let go = false;
  setHandler(defineSignal('go'), () => {
    go = true;
  });
  await condition(() => go);
  return 'gone on';
}

/** Goes on as itself under names of any kind, so that it can be replayed. */
export async function hostileNames(text: string): Promise<unknown> {
  await call(`${text}.get`, { id: 1 }, { summary: text, scheduleToCloseTimeout: 500 }).catch(() => null);
  await executeChild(echo, { args: [text], workflowId: `${workflowInfo().workflowId}/${text}` });
  await sleep(1, { summary: text });
  throw new Error(text);
}

const circle = (): unknown => {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
};

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
};

/** Values that cannot be kept, by name. */
export const VALUES: Readonly<Record<string, () => unknown>> = {
  bigint: () => ({ rows: [{ n: 10n }] }),
  circle,
  large: () => 'x'.repeat(2.2 * MB),
  emoji: () => '🦁'.repeat(0.6 * MB),
  function: () => () => 1,
  symbol: () => Symbol('s'),
  hollow: () => ({ toJSON: () => undefined }),
  throwing: () => ({
    toJSON() {
      throw new Error('not today');
    },
  }),
  deep: () => deep(100_000),
  bare: () => Object.assign(Object.create(null) as object, { n: 1n }),
  bytes: () => new Uint8Array(2.2 * MB),
};

/** Values that throw whatever is done with them, a look for `then` too. */
export const UNTOUCHABLE: Readonly<Record<string, () => unknown>> = {
  trapped: () => {
    const get = () => (): never => {
      throw new Error('not this way');
    };
    return new Proxy({}, new Proxy({}, { get }));
  },
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
};

/** How a workflow hands a value on. */
export const WAYS: Readonly<Record<string, (value: unknown) => unknown>> = {
  result: (value) => value,
  child: (value) => executeChild(echo, { args: [value] }),
  caught: (value) => executeChild(echo, { args: [value] }).catch(failureOf),
  continued: (value) => continueAsNew<typeof echo>(value),
  signal: async (value) => {
    const child = await startChild(waiting, { parentClosePolicy: ParentClosePolicy.TERMINATE });
    await child.signal('go', value);
    return await child.result();
  },
  activity: (value) => call('tickets.get', value),
  fire: (value) => triggers.fire('nothing', value as Record<string, unknown>),
  raw: (value) =>
    proxyActivities({
      taskQueue: workflowInfo().taskQueue.replace(/runs$/, 'actions'),
      scheduleToCloseTimeout: 5_000,
    })['agents.list']?.(value),
  memo: (value) => upsertMemo({ value }),
  childMemo: (value) => executeChild(echo, { args: [1], memo: { value } }),
  details: (value) => {
    throw ApplicationFailure.nonRetryable('with details', 'Detailed', value);
  },
  thrown: (value) => {
    // oxlint-disable-next-line no-throw-literal -- authors do
    throw value;
  },
  message: (value) => {
    throw Object.assign(new Error('m'), { message: value });
  },
  name: (value) => {
    throw Object.assign(new Error('m'), { name: value });
  },
  cause: (value) => {
    throw Object.assign(new Error('m'), { cause: value });
  },
  stack: (value) => {
    throw Object.assign(new Error('m'), { stack: value });
  },
  log: (value) => {
    log.info('a value', { value });
    return 'logged';
  },
};

/** A workflow that hands a value over in one way. */
export async function hostileValue(way: string, value: string): Promise<unknown> {
  return await WAYS[way]?.({ ...VALUES, ...UNTOUCHABLE }[value]?.());
}

/** Answers a query and an update with a value, until it is told to go. */
export async function hostileAnswers(value: string): Promise<string> {
  setHandler(defineQuery('asked'), () => VALUES[value]?.());
  setHandler(defineUpdate('told'), () => VALUES[value]?.());
  return await waiting();
}

/** Each takes 8 bytes as JSON, and 36 on its way to Temporal. */
const IDS = Array.from({ length: 60_000 }, (_, index) => 10_000_000 + index);

export async function manyValues(...ids: number[]): Promise<number> {
  return await Promise.resolve(ids.length);
}

/** What is too much at once, or not there at all. */
export const SLIPS: Readonly<Record<string, () => unknown>> = {
  calls: () => Promise.all([1, 2, 3].map((id) => call('tickets.get', { id, note: 'x'.repeat(1.8 * MB) }))),
  children: () => Promise.all([1, 2, 3].map(() => executeChild(echo, { args: ['x'.repeat(1.8 * MB)] }))),
  arguments: () => executeChild(echo, { args: ['x'.repeat(1.2 * MB), 'x'.repeat(1.2 * MB)] as never }),
  failing: () => {
    throw new Error('x'.repeat(5 * MB));
  },
  causes: () => {
    const error = new Error('round and round');
    error.cause = error;
    throw error;
  },
  chain: () => {
    let error = new Error('the first');
    for (let link = 0; link < 5_000; link += 1) error = new Error(`link ${link}`, { cause: error });
    throw error;
  },
  details: () => {
    throw ApplicationFailure.nonRetryable('many', 'Many', ...[1, 2, 3].map(() => 'x'.repeat(1.8 * MB)));
  },
  getter: () => {
    const error = new Error('got');
    Object.defineProperty(error, 'message', {
      get: () => {
        throw new Error('no message');
      },
    });
    throw error;
  },
  longType: () => call('x'.repeat(2_000), {}),
  emptyType: () => call('', {}),
  longChild: () => executeChild(echo, { args: [1], workflowId: 'x'.repeat(1_001) }),
  emptyChild: () => executeChild(echo, { args: [1], workflowId: '' }),
  longChildType: () => executeChild('x'.repeat(1_001)),
  emptySignal: () => getExternalWorkflowHandle('nobody').signal(''),
  longSignal: () => getExternalWorkflowHandle('nobody').signal('x'.repeat(1_001)),
  longQueue: () => proxyActivities({ taskQueue: 'x'.repeat(1_001), scheduleToCloseTimeout: 500 })['x']?.(),
  longSummary: () =>
    call('agents.list', {}, { summary: 'x'.repeat(5_000), fields: ['id'] }).then(() => 'done'),
  longAttribute: () => {
    upsertSearchAttributes({ TriggerId: ['x'.repeat(3_000)] });
    return sleep(1);
  },
  manyAttributes: () => {
    upsertSearchAttributes({ TriggerId: Array.from({ length: 2_000 }, (_, index) => `${index}`) });
    return sleep(1);
  },
  bigMemo: () => {
    upsertMemo(Object.fromEntries([1, 2, 3].map((index) => [`m${index}`, 'x'.repeat(0.9 * MB)])));
    return sleep(1);
  },
  manyArguments: () => executeChild(echo, { args: IDS as never }),
  manyToContinueWith: () => continueAsNew<typeof manyValues>(...IDS),
  manyInSignal: () => getExternalWorkflowHandle('o/northwind/nobody').signal('go', ...IDS),
  manyOfActivity: () =>
    proxyActivities({
      taskQueue: workflowInfo().taskQueue.replace(/runs$/, 'actions'),
      scheduleToCloseTimeout: 5_000,
    })['agents.list']?.(...IDS),
  manyInMemo: () => {
    upsertMemo(Object.fromEntries(IDS.map((id) => [`m${id}`, id])));
    return sleep(1);
  },
  manyInChildMemo: () =>
    executeChild(echo, { args: [1], memo: Object.fromEntries(IDS.map((id) => [`m${id}`, id])) }),
  gaps: () => executeChild(manyValues, { args: Array(3) as number[] }),
  longPatch: () => patched('p'.repeat(3 * MB)),
  /** Under 2 MB, but as JSON six times that. */
  escapedPatch: () => patched('\0'.repeat(0.5 * MB)),
  manyDetails: () => {
    throw ApplicationFailure.nonRetryable('ids', 'Many', ...(Array(100_000) as unknown[]));
  },
  manyDetailsOfCauses: () => {
    let error = new Error('the first');
    for (let link = 0; link < 15; link += 1) {
      error = ApplicationFailure.create({
        message: 'ids',
        type: 'Many',
        details: Array(9_000) as unknown[],
        cause: error,
      });
    }
    throw error;
  },
  manyDetailsOfCancellation: () => {
    throw new CancelledFailure('enough', Array(100_000) as unknown[]);
  },
  proxy: () => {
    throw new Proxy(
      {},
      {
        get() {
          throw new Error('gotcha');
        },
      },
    );
  },
  timeout: () => proxyActivities({ scheduleToCloseTimeout: -5 })['x']?.(),
  negative: () => sleep(-5),
  nan: () => sleep(Number.NaN),
  infinite: () => sleep(Number.POSITIVE_INFINITY),
  yieldError: () =>
    condition(() => {
      throw new Error('in a condition');
    }),
};

/** A workflow with one slip. */
export async function hostileSlip(slip: string): Promise<unknown> {
  return await SLIPS[slip]?.();
}
