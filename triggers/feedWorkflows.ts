/** Makes the feed workflows match the enabled triggers; a feed that is as it should be is left alone. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { and, eq, isNotNull, or } from 'drizzle-orm';
import { feeds } from '../store/schema/triggers.ts';
import type { Store } from '../store/store.ts';
import { inTurns } from './inTurns.ts';
import type { SystemQueue } from './systemQueue.ts';
import type { FeedKind } from './types.ts';
import type { FeedInput } from './workflows/feed.ts';
import type { FeedAddress } from './feeds/source.ts';
import { feedName } from './feeds/wanted.ts';
import type { WantedFeed } from './feeds/wanted.ts';

export interface FeedWorkflows {
  readonly store: Store;
  readonly client: Client;
  readonly queues: SystemQueue;
}

export interface FeedsWanted {
  readonly wanted: ReadonlyMap<string, WantedFeed>;
  /** Of the configuration. */
  readonly version: number;
  /** The configuration has changed: what failed may work now. */
  readonly isNew: boolean;
}

/** A worker is there, or this is tried again with the next pass. */
const ANSWER_WITHIN_MS = 10_000;

/** Throws AggregateError with what could not be done; the rest is done. */
export async function reconcileFeeds(
  parts: FeedWorkflows,
  { wanted, version, isNew }: FeedsWanted,
): Promise<void> {
  const rows = new Map((await parts.store.db.select().from(feeds)).map((row) => [feedName(row), row]));
  const running = await runningFeeds(parts);
  const toConfigure: FeedInput[] = [];
  for (const [name, { connection, kind, everySeconds }] of wanted) {
    const row = rows.get(name);
    const failing = isNew && row !== undefined && row.errors > 0;
    // It may have been fixed: wrong credentials, for one.
    if (failing) await parts.store.db.update(feeds).set({ nextPollAt: null }).where(isFeed(row));
    if (!failing && running.has(name) && row?.everySeconds === everySeconds) continue;
    toConfigure.push({ connection, kind, everySeconds, version });
  }
  const toStop = [...running.values()].filter((feed) => !wanted.has(feedName(feed)));
  await clearStopped(
    parts.store,
    [...rows.values()].filter((row) => !wanted.has(feedName(row))),
  );
  await inTurns([
    ...toConfigure.map((input) => () => configure(parts, input)),
    ...toStop.map((feed) => () => stop(parts, { ...feed, everySeconds: null, version })),
  ]);
}

const workflowId = ({ queues }: FeedWorkflows, feed: FeedAddress): string =>
  `${queues.prefix}feed/${feedName(feed)}`;

const isFeed = ({ connection, kind }: FeedAddress) =>
  and(eq(feeds.connection, connection), eq(feeds.kind, kind));

async function runningFeeds(parts: FeedWorkflows): Promise<Map<string, FeedAddress>> {
  const { client, queues } = parts;
  const start = workflowId(parts, { connection: '', kind: 'tickets' }).slice(0, -'/tickets'.length);
  const query = `WorkflowType = 'haloflow:feed' AND TaskQueue = '${queues.feeds}' AND ExecutionStatus = 'Running'`;
  const running = new Map<string, FeedAddress>();
  for await (const workflow of client.workflow.list({ query })) {
    const [connection = '', kind = ''] = workflow.workflowId.slice(start.length).split('/');
    // Only `configure` starts workflows of this type.
    const feed = { connection, kind: kind as FeedKind };
    running.set(feedName(feed), feed);
  }
  return running;
}

/** So that a feed that is wanted again is started again, whatever Temporal's list of running workflows still says. */
async function clearStopped(store: Store, rows: readonly FeedAddress[]): Promise<void> {
  if (rows.length === 0) return;
  await store.db
    .update(feeds)
    .set({ everySeconds: null, nextPollAt: null })
    .where(and(isNotNull(feeds.everySeconds), or(...rows.map(isFeed))));
}

/** Starts the feed's workflow, or tells the one that runs. */
async function configure(parts: FeedWorkflows, input: FeedInput): Promise<void> {
  const { client, queues } = parts;
  const startWorkflowOperation = new WithStartWorkflowOperation('haloflow:feed', {
    workflowId: workflowId(parts, input),
    taskQueue: queues.feeds,
    // An update that gets lost is none that is needed, as long as the workflow knows what it is for.
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
    client.workflow.executeUpdateWithStart('configure', { args: [input], startWorkflowOperation }),
  );
}

/** Tells a feed that nobody needs any more to look at that itself. */
async function stop(parts: FeedWorkflows, input: FeedInput): Promise<void> {
  const handle = parts.client.workflow.getHandle(workflowId(parts, input));
  await parts.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
    handle.executeUpdate('configure', { args: [input] }),
  );
}
