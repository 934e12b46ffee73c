/** Organizations, connections and mappings: what `haloflow apply` writes. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
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
