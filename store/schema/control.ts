/** What operators set beside the tree: variables, customers left out, and what is known of a Halo's reference data. */
import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, createdAt, jsonb, origin } from './columns.ts';
import { connections, organizations } from './configuration.ts';

/** Values that workflows read by name; an organization inherits what is set above it. */
export const variables = pgTable(
  'variables',
  {
    organization: text('organization')
      .notNull()
      .references(() => organizations.slug, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    type: text('type', { enum: ['text', 'number', 'boolean', 'json', 'secret'] }).notNull(),
    /** Null for a secret. */
    value: jsonb('value'),
    /** Of a secret, and only there. */
    sealedValue: text('sealed_value'),
    description: text('description'),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.organization, t.name] })],
);

/** Halo clients that are not to be mapped. */
export const ignoredClients = pgTable(
  'ignored_clients',
  {
    connection: text('connection')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    client: integer('client').notNull(),
    reason: text('reason'),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.client] })],
);

/** Reference data of a tenant, as Halo last listed it. */
export const haloOptions = pgTable(
  'halo_options',
  {
    connection: text('connection')
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** `ticket-types`, `clients`, … */
    kind: text('kind').notNull(),
    /** `[{ id, name, … }]` */
    rows: jsonb('rows').notNull(),
    /** Whether it is all of it. */
    complete: boolean('complete').notNull(),
    fetchedAt: at('fetched_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.kind] })],
);
