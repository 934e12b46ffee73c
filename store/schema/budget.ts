/**
 * The rate budget of each Halo host in each organization tree. Only functions in the migrations write it: they lock the row
 * of tree and host, so that all processes see one order.
 */
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });
/** `feed`, `interactive`, `normal`, `bulk`. */
const lane = () => text('lane').notNull();
/** The root organization above all connections that count together. */
const tree = () => text('tree').notNull().default('');

/** A Halo host in one tree: its limit, the grants that count now, and the progress of its queue. */
export const budgetHosts = pgTable(
  'budget_hosts',
  {
    tree: tree(),
    /** `host:port` of the resource server. */
    host: text('host').notNull(),
    /** The limit in the configuration of `version`. */
    requests: integer('requests').notNull(),
    perSeconds: integer('per_seconds').notNull(),
    namedAt: at('named_at').notNull(),
    /** Null if a version of haloflow without trees has set the limit. */
    version: bigint('version', { mode: 'number' }),
    /** Grants that count now, all of them and those of two lanes. */
    live: integer('live').notNull().default(0),
    liveFeed: integer('live_feed').notNull().default(0),
    liveBulk: integer('live_bulk').notNull().default(0),
    /** Whether a feed polls this host: the other lanes leave it a tenth. */
    feedActive: boolean('feed_active').notNull().default(false),
    /** No grants before this, because of a 429. */
    horizon: at('horizon').notNull(),
    /** The limit assumed after the last 429, and when; it recovers from there. */
    believed: integer('believed'),
    refusedAt: at('refused_at'),
    /** The text of that 429. */
    refusal: text('refusal'),
    /** Virtual time of each rank (see budget_waits); none ever goes back. */
    virtualTimes: doublePrecision('virtual_times').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.host] })],
);

/** Permissions for one request each that still count; one that no longer does is deleted. */
export const budgetGrants = pgTable(
  'budget_grants',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    tree: tree(),
    host: text('host').notNull(),
    lane: lane(),
    /** The connection whose credentials it uses; the grant moves with it to another tree. */
    connection: text('connection'),
    organization: text('organization').notNull(),
    grantedAt: at('granted_at').notNull(),
    /** One window after the reply; while there is none, request timeout and window after the grant. */
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [index('budget_grants_tree_expiry').on(t.tree, t.host, t.expiresAt)],
);

/** Calls that wait, in the order of rank, tag, id. */
export const budgetWaits = pgTable(
  'budget_waits',
  {
    tree: tree(),
    host: text('host').notNull(),
    /** The caller's own; it finds its place by it on its next attempt. */
    key: text('key').notNull(),
    id: bigserial('id', { mode: 'number' }).notNull(),
    lane: lane(),
    organization: text('organization').notNull(),
    /** 1 feed, 2 interactive, 3 normal and bulk: a lower rank goes first. */
    rank: smallint('rank').notNull(),
    tag: doublePrecision('tag').notNull(),
    /** When the caller will ask again. */
    asksAt: at('asks_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.host, t.key] })],
);

/** The last tag of each organization; made anew whenever a queue forms. */
export const budgetTags = pgTable(
  'budget_tags',
  {
    tree: tree(),
    host: text('host').notNull(),
    rank: smallint('rank').notNull(),
    organization: text('organization').notNull(),
    tag: doublePrecision('tag').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tree, t.host, t.rank, t.organization] })],
);
