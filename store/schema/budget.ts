/**
 * The rate budget of each Halo host. Written only by the functions of the migration that makes these tables: they lock
 * the host's row, so that all processes see one order.
 */
import {
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

/** A Halo host: its limit, how much of it is granted now, and how far its queue has come. */
export const budgetHosts = pgTable('budget_hosts', {
  /** `host:port` of the resource server. */
  host: text('host').primaryKey(),
  /** The smallest limit that a caller has named within the last window. */
  requests: integer('requests').notNull(),
  perSeconds: integer('per_seconds').notNull(),
  namedAt: at('named_at').notNull(),
  /** Grants that count now, all of them and those of two lanes. */
  live: integer('live').notNull().default(0),
  liveFeed: integer('live_feed').notNull().default(0),
  liveBulk: integer('live_bulk').notNull().default(0),
  /** Whether a feed polls this host: the other lanes leave it a tenth. */
  feedActive: boolean('feed_active').notNull().default(false),
  /** No grant before this: what a 429 asked for. */
  horizon: at('horizon').notNull(),
  /** What the last 429 made us believe the limit to be, and when; it recovers from there. */
  believed: integer('believed'),
  refusedAt: at('refused_at'),
  /** What Halo said then. */
  refusal: text('refusal'),
  /** Virtual time of each rank (see budget_waits); none ever goes back. */
  virtualTimes: doublePrecision('virtual_times').array().notNull(),
});

/** Permissions for one request each that still count; one that no longer does is deleted. */
export const budgetGrants = pgTable(
  'budget_grants',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    host: text('host').notNull(),
    lane: lane(),
    organization: text('organization').notNull(),
    grantedAt: at('granted_at').notNull(),
    /** One window after the reply; while there is none, request timeout and window after the grant. */
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [index('budget_grants_expiry').on(t.host, t.expiresAt)],
);

/** Calls that wait, in the order of rank, tag, id. */
export const budgetWaits = pgTable(
  'budget_waits',
  {
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
  (t) => [primaryKey({ columns: [t.host, t.key] })],
);

/** The last tag of each organization; made anew whenever a queue forms. */
export const budgetTags = pgTable(
  'budget_tags',
  {
    host: text('host').notNull(),
    rank: smallint('rank').notNull(),
    organization: text('organization').notNull(),
    tag: doublePrecision('tag').notNull(),
  },
  (t) => [primaryKey({ columns: [t.host, t.rank, t.organization] })],
);
