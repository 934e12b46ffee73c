/** Organizations, connections and mappings: what `haloflow apply` writes. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, origin } from './columns.ts';

/** One row: its version grows with every change of configuration, so caches know when to read again. */
export const configuration = pgTable('configuration', {
  singleton: boolean('singleton').primaryKey().default(true),
  version: bigint('version', { mode: 'number' }).notNull().default(0),
});

/** Slugs of the organizations whose tokens said something; what is not named was said for the whole installation. */
export interface SaidBy {
  readonly tags?: string;
  readonly name?: string;
  readonly domain?: string;
  /** Who has disabled it; `*`: the whole installation. */
  readonly enabled?: string;
}

export const organizations = pgTable(
  'organizations',
  {
    slug: text('slug').primaryKey(),
    name: text('name').notNull(),
    parent: text('parent'),
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'`),
    enabled: boolean('enabled').notNull().default(true),
    /** How long its runs are kept, days; null: as of the organization above, at the root 30. */
    retentionDays: integer('retention_days'),
    /** The fewest days that tokens for it may give to those below it; null: as many as it keeps itself. */
    minRetentionDays: integer('min_retention_days'),
    /** How many organizations tokens for it may make below it; null: the default. */
    maxOrganizations: integer('max_organizations'),
    /** Which organization's token said its tags, name and domain, and disabled it (organizations/types.ts). */
    saidBy: jsonb('said_by').$type<SaidBy>().notNull().default({}),
    /** What may tell which Halo client it is. */
    domain: text('domain'),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.parent], foreignColumns: [t.slug] }),
    index('organizations_parent').on(t.parent),
  ],
);

export const connections = pgTable(
  'connections',
  {
    id: text('id').primaryKey(),
    organization: text('organization')
      .notNull()
      .references(() => organizations.slug),
    isDefault: boolean('is_default').notNull(),
    enabled: boolean('enabled').notNull().default(true),
    resourceServer: text('resource_server').notNull(),
    authServer: text('auth_server'),
    tenant: text('tenant'),
    onPremise: boolean('on_premise').notNull().default(false),
    clientId: text('client_id').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    scope: text('scope').notNull().default('all'),
    rateRequests: integer('rate_requests').notNull().default(300),
    ratePerSeconds: integer('rate_per_seconds').notNull().default(300),
    /** Whether its Halo has answered a request that carried its token: until then its limit counts for nobody else. */
    isAccepted: boolean('is_accepted').notNull().default(false),
    /** How long after a lost reply Halo may still be at it, seconds; null: 90, and 2 for a Halo on loopback. */
    writeSettleSeconds: integer('write_settle_seconds'),
    /** The organization that stands for clients without a mapping; null: there is none. */
    catchAll: text('catch_all').references(() => organizations.slug, { onDelete: 'set null' }),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('connections_one_default')
      .on(t.organization)
      .where(sql`${t.isDefault}`),
    index('connections_organization').on(t.organization),
  ],
);

/** Hosts that are another Halo than their name says, for the connections of one tree: another name of one, or a new one. */
export const haloHosts = pgTable(
  'halo_hosts',
  {
    /** The root of the tree when it was said. A name, not a reference: what Halo has forgotten outlives it. */
    organization: text('organization').notNull(),
    /** As organizations/halo.ts spells it. */
    host: text('host').notNull(),
    halo: text('halo').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organization, t.host] })],
);

/** Halos that went back, as after a restore: from which id on records are of another generation. The first has no row. */
export const haloGenerations = pgTable(
  'halo_generations',
  {
    /** The root of the tree whose connections noticed it. */
    organization: text('organization').notNull(),
    halo: text('halo').notNull(),
    generation: integer('generation').notNull(),
    /** The first id of a ticket, project or opportunity that it counts for. */
    firstId: integer('first_id').notNull(),
    /** What was made before this is older than it: the last look before that found nothing amiss. */
    since: timestamp('since', { withTimezone: true }).notNull(),
    noticedAt: timestamp('noticed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organization, t.halo, t.generation] })],
);

export const mappings = pgTable(
  'mappings',
  {
    connection: text('connection')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    organization: text('organization')
      .notNull()
      .references(() => organizations.slug, { onDelete: 'cascade' }),
    client: integer('client').notNull(),
    use: boolean('use').notNull().default(false),
    contact: integer('contact'),
    site: integer('site'),
    /** Mappings that were accepted together, to be undone together. */
    batch: uuid('batch'),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.connection, t.organization] }),
    unique('mappings_one_organization_per_client').on(t.connection, t.client),
  ],
);
