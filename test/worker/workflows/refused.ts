/** Workflows whose tasks Temporal, or its SDK, would refuse again and again. */
import {
  ApplicationFailure,
  DeterminismViolationError,
  executeChild,
  getExternalWorkflowHandle,
  makeContinueAsNewFunc,
  proxyActivities,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import { call } from 'haloflow/sdk';
import { echo } from './hostile.ts';

const NOPE = defineSearchAttributeKey('Nope', 'KEYWORD');

const many = <T>(count: number, one: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)));

async function fails(): Promise<never> {
  await sleep(1);
  throw new TypeError('nobody waits for me');
}

declare const __TEMPORAL_ACTIVATOR__: { recordWorkflowTaskError(error: unknown): void };

/** The task after the first fails, so that the next try of it begins with a replay of the first. */
async function replaying(rejects: () => unknown): Promise<never> {
  if (workflowInfo().unsafe.isReplaying) rejects();
  await sleep(1);
  __TEMPORAL_ACTIVATOR__.recordWorkflowTaskError(new Error('to be replayed'));
  return await sleep(10_000).then(() => {
    throw new Error('not replayed');
  });
}

const ownActivity = (activityId: string, id: number): unknown =>
  proxyActivities({
    activityId,
    taskQueue: workflowInfo().taskQueue.replace(/runs$/, 'actions'),
    scheduleToCloseTimeout: 60_000,
  })['tickets.get']?.({ id });

export const REFUSED: Readonly<Record<string, () => unknown>> = {
  child: () => executeChild('eco', { args: [1] }),
  caughtChild: () => executeChild('eco').catch((error: unknown) => (error as ApplicationFailure).type),
  plainActivity: () => proxyActivities({ startToCloseTimeout: 5_000 })['agents.list']?.({}),
  next: () => makeContinueAsNewFunc({ workflowType: 'nonesuch' })(),
  attribute: () => {
    upsertSearchAttributes([{ key: NOPE, value: 'x' }]);
    return sleep(1);
  },
  attributeAfterwards: async () => {
    await sleep(1);
    upsertSearchAttributes([{ key: NOPE, value: 'x' }]);
    return await sleep(1);
  },
  attributeType: () => {
    upsertSearchAttributes([{ key: defineSearchAttributeKey('TriggerId', 'INT'), value: 7 }]);
    return sleep(1);
  },
  attributeOfChild: () =>
    executeChild(echo, { args: [1], typedSearchAttributes: [{ key: NOPE, value: 'x' }] }),
  attributeOfNext: () =>
    makeContinueAsNewFunc<typeof refused>({ searchAttributes: { Nope: ['x'] } })('timers'),
  fairnessKey: () => executeChild(echo, { args: [1], priority: { fairnessKey: 'x'.repeat(70) } }),
  cron: () => executeChild(echo, { args: [1], cronSchedule: 'whenever' }),
  rejected: () => {
    void Promise.reject(new TypeError('nobody waits for me'));
    return sleep(1);
  },
  rejectedLater: async () => {
    void fails();
    await sleep(1_000);
    return 'done';
  },
  rejectedText: () => {
    // oxlint-disable-next-line prefer-promise-reject-errors -- authors do
    void Promise.reject('a text');
    return sleep(1);
  },
  rejectedCall: async () => {
    void call('tickets.get', { id: 999_999 });
    await sleep(10_000);
    return 'done';
  },
  rejectedSignal: async () => {
    void getExternalWorkflowHandle('o/northwind/nobody').signal('hello');
    await sleep(10_000);
    return 'done';
  },
  rejectedReplayed: () => replaying(() => Promise.reject(new TypeError('nobody waits for me'))),
  rejectedReplayedLong: () =>
    replaying(() =>
      Promise.reject(ApplicationFailure.create({ type: 'Mine: own', message: '😀'.repeat(2_000) })),
    ),
  duplicates: () => Promise.all([1, 2].map((id) => ownActivity('same', id))),
  determinism: () => {
    throw new DeterminismViolationError('not my kind');
  },
  weak: () => new WeakRef({}),
  calls: () => many(2_001, (id) => call('tickets.get', { id })),
  signals: () => many(2_001, () => getExternalWorkflowHandle('o/northwind/nobody').signal('hello')),
  cancels: () => many(2_001, () => getExternalWorkflowHandle('o/northwind/nobody').cancel()),
  timers: async () => (await many(2_001, () => sleep(1))).length,
};

export async function refused(what: string): Promise<unknown> {
  return await REFUSED[what]?.();
}
