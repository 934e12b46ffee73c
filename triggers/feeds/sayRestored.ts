/** A Halo that went back, said by hand: where nothing polls, or what polls has no reason to notice it. */
import { inArray } from 'drizzle-orm';
import { ConfigurationError, ConflictError, HaloPermissionError } from '../../errors.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { haloOf } from '../../organizations/halo.ts';
import type { Halo } from '../../organizations/halo.ts';
import type { Configuration, Connection, HaloGeneration } from '../../organizations/types.ts';
import { configuration as configurations } from '../../store/schema/configuration.ts';
import { feeds } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import type { Database } from '../events.ts';
import type { HaloPort } from '../haloPort.ts';
import type { FeedKind } from '../types.ts';
import { askingTheSame, beginGeneration } from './generation.ts';
import { readChanged, readNewest } from './read.ts';
import { SOURCES } from './source.ts';
import type { FeedRow } from './source.ts';

export interface Saying {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly halo: HaloPort;
}

export interface RestoredRequest {
  readonly connection: string;
  /** What was made in Halo after this is new; default: the last good poll of a feed on that Halo. */
  readonly since?: Date | undefined;
  /** The first id of a ticket, project or opportunity that is new; default: the smallest that was made since. */
  readonly firstId?: number | undefined;
  /** Whether it is another database altogether, as a test Halo that was refreshed from production. */
  readonly isOther: boolean;
  /** Whoever said it: `hft_1a2b3c4d5e6f`. */
  readonly by: string;
  /** What belongs into the transaction. */
  readonly onSaid?: (tx: Database, plan: RestoredPlan) => Promise<void>;
}

export interface RestoredPlan {
  readonly halo: string;
  /** The connections of the tree that ask that Halo: what is said is said for all of them. */
  readonly connections: readonly string[];
  readonly generation: number;
  readonly firstId: number;
  readonly isOther: boolean;
  readonly since: Date;
  /** Tickets, projects and opportunities that are of the new generation already. */
  readonly records: number;
  /** The restore that haloflow knew of before: its latest generation; null for none. */
  readonly wentBack: HaloGeneration | null;
}

interface Prepared extends RestoredPlan {
  readonly configuration: Configuration;
  readonly connection: Connection;
  readonly found: readonly (FeedRow & { readonly kind: FeedKind })[];
}

/**
 * What saying it would do; changes nothing.
 *
 * @throws ConfigurationError for an unknown connection, and where nobody knows since when; else what Halo's client throws.
 */
export async function planRestored(parts: Saying, request: RestoredRequest): Promise<RestoredPlan> {
  return shown(await prepare(parts, request));
}

/**
 * Begins the new generation.
 *
 * @throws ConflictError when the configuration has changed meanwhile, else as {@link planRestored}.
 */
export async function sayRestored(parts: Saying, request: RestoredRequest): Promise<RestoredPlan> {
  const { configuration, connection, since, firstId, isOther, found, ...rest } = await prepare(
    parts,
    request,
  );
  return await parts.store.db.transaction(async (tx) => {
    const [row] = await tx.select({ version: configurations.version }).from(configurations);
    if ((row?.version ?? 0) !== configuration.version) {
      throw new ConflictError('the configuration has changed meanwhile: ask again');
    }
    await beginGeneration(tx, {
      configuration,
      connection,
      since,
      firstId,
      isOther,
      records: found,
      by: request.by,
    });
    const plan = { ...rest, since, firstId, isOther };
    await request.onSaid?.(tx, plan);
    return plan;
  });
}

const shown = ({ configuration: _c, connection: _o, found: _f, ...plan }: Prepared): RestoredPlan => plan;

interface Asked {
  readonly configuration: Configuration;
  readonly connection: Connection;
  readonly halo: Halo;
  readonly connections: readonly string[];
}

async function askedNow(parts: Saying, id: string): Promise<Asked> {
  const configuration = await parts.configuration.current();
  const connection = configuration.connections.find((one) => one.id === id);
  if (!connection) throw new ConfigurationError(`there is no connection ${id}`);
  const connections = askingTheSame(configuration, connection);
  return { configuration, connection, connections, halo: haloOf(configuration, connection) };
}

async function prepare(parts: Saying, request: RestoredRequest): Promise<Prepared> {
  const { halo, connections: asking } = await askedNow(parts, request.connection);
  const since = request.since ?? (await lastGoodPoll(parts.store, halo.id, asking));
  if (since === null) {
    throw new ConfigurationError(
      `nothing polls ${halo.id}, so nobody knows from when on its records are new: say since when (--since), as the time of the restore`,
    );
  }
  const rows = await rowsOf(parts, request.connection, halo.id, since);
  const firstId = request.isOther ? 1 : (request.firstId ?? rows.first);
  const found = rows.all.filter((row) => (request.isOther ? isAfter(row, since) : row.id >= firstId));
  // Reading takes its time, and the first token of a connection is a change of it, too.
  const now = await askedNow(parts, request.connection);
  if (now.halo.latest !== halo.latest) {
    throw new ConflictError(`what connection ${request.connection} asks has changed meanwhile: ask again`);
  }
  const { configuration, connection, connections } = now;
  // One that a feed has noticed since then is the same return.
  const isKnown = halo.wentBack !== null && halo.wentBack.noticedAt > since;
  return {
    configuration,
    connection,
    found,
    halo: halo.id,
    connections,
    generation: isKnown ? halo.generation : halo.generation + 1,
    firstId: isKnown ? Math.min(firstId, halo.wentBack.firstId) : firstId,
    isOther: request.isOther,
    since,
    records: found.length,
    wentBack: halo.wentBack,
  };
}

const isAfter = ({ occurredAt }: FeedRow, since: Date): boolean => occurredAt !== null && occurredAt > since;

async function lastGoodPoll(
  { db }: Store,
  halo: string,
  connections: readonly string[],
): Promise<Date | null> {
  const rows = await db
    .select({ halo: feeds.halo, at: feeds.succeededAt })
    .from(feeds)
    .where(inArray(feeds.connection, [...connections]));
  const times = rows.flatMap((row) => (row.halo === halo && row.at !== null ? [row.at.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

interface Rows {
  readonly all: readonly (FeedRow & { readonly kind: FeedKind })[];
  /** The smallest id of what was made since then; where nothing was, the next one. */
  readonly first: number;
}

/** What Halo has of the three kinds that share their ids; kinds that the agent may not see are left out. */
async function rowsOf({ halo }: Saying, connection: string, of: string, since: Date): Promise<Rows> {
  const reading = { halo, lane: 'interactive' as const, of };
  const all: (FeedRow & { readonly kind: FeedKind })[] = [];
  for (const kind of Object.keys(SOURCES) as FeedKind[]) {
    try {
      const feed = { connection, kind };
      const rows = [...(await readNewest(reading, feed)), ...(await readChanged(reading, feed, since))];
      all.push(...new Map(rows.map((row) => [row.id, { ...row, kind }])).values());
    } catch (error) {
      if (kind === 'tickets' || !(error instanceof HaloPermissionError)) throw error;
    }
  }
  const made = all.flatMap((row) => (isAfter(row, since) ? [row.id] : []));
  const largest = Math.max(0, ...all.map(({ id }) => id));
  return { all, first: made.length === 0 ? largest + 1 : Math.min(...made) };
}
