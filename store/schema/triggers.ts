/** Triggers, and the feeds that the polling ones share. */
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at, createdAt, jsonb, origin } from './columns.ts';
import { connections, organizations } from './configuration.ts';

/** What starts runs. Shapes of the JSON columns: triggers/types.ts. */
export const triggers = pgTable(
  'triggers',
  {
    id: text('id').primaryKey(),
    /** The owner: whose authority its runs spend. */
    organization: text('organization')
      .notNull()
      .references(() => organizations.slug),
    type: text('type').notNull(),
    /** Null: the owner's default connection. */
    connection: text('connection').references(() => connections.id),
    workflow: text('workflow').notNull(),
    runAs: text('run_as', { enum: ['client', 'owner'] }).notNull(),
    runFor: jsonb('run_for').notNull(),
    overrides: jsonb('overrides').notNull(),
    criteria: jsonb('criteria'),
    parameters: jsonb('parameters').notNull(),
    variables: jsonb('variables').notNull(),
    enabled: boolean('enabled').notNull(),
    /** When it was created or last enabled. */
    enabledAt: at('enabled_at').notNull().defaultNow(),
    /** Of its URL, sealed; made with the row for the types that have one. */
    sealedSecret: text('sealed_secret'),
    /** Of a schedule: since when it is due by these parameters; the database sets it. */
    dueFrom: at('due_from').notNull().defaultNow(),
    /** By which reading of expressions (triggers/schedules.ts) Temporal has its schedule; null before this version gave it one. */
    reading: integer('reading'),
    origin: origin(),
    createdAt: createdAt(),
  },
  (t) => [index('triggers_organization').on(t.organization), index('triggers_connection').on(t.connection)],
);

/** How far the records of one Halo have been read. */
const place = () => ({
  /** The largest id read; null before the first poll. */
  mark: integer('mark'),
  /** Ids above it that `seen` does not hold have not been read, whatever the mark. */
  floor: integer('floor').notNull().default(0),
  /** The latest ids read. */
  seen: integer('seen').array().notNull().default([]),
  /** Start of the last look by date of change that found everything. */
  lookedAt: at('looked_at'),
  /** What Halo's clock showed at least when it began: the next need not read again what was changed well before. */
  changedTo: at('changed_to'),
  /** The mark at each of the last looks, `[milliseconds, mark]`, oldest first: what was begun since then is above it. */
  lookMarks: jsonb('look_marks').notNull().default([]),
  /** The last poll without an error. */
  succeededAt: at('succeeded_at'),
  /** When the newest record read was created, by Halo. */
  newestAt: at('newest_at'),
  /** The newest records read, `[id, date of creation in milliseconds]`, newest first: by them it is told when ids go back. */
  newest: jsonb('newest').notNull().default([]),
});

/** One thing worth polling on one connection: how far it has been read. */
export const feeds = pgTable(
  'feeds',
  {
    /** A name, not a reference: a feed's mark outlives a connection that is deleted and made again. */
    connection: text('connection').notNull(),
    kind: text('kind', { enum: ['tickets', 'projects', 'opportunities'] }).notNull(),
    /** The resource server, as processes of before know whose ids these are. */
    host: text('host'),
    /** Whose ids these are (organizations/halo.ts): of another Halo behind the same connection, nothing has been read. */
    halo: text('halo'),
    /** Whose records those events of the feed are that do not say: they are from before events did. */
    firstHalo: text('first_halo'),
    ...place(),
    /** Grows with every poll that asked Halo. */
    polls: integer('polls').notNull().default(0),
    /** Polls since that look. */
    pollsSinceLook: integer('polls_since_look').notNull().default(0),
    /** The next poll has to be such a look: after an error, a pause, or news of several pages. */
    mustLook: boolean('must_look').notNull().default(true),
    everySeconds: integer('every_seconds'),
    polledAt: at('polled_at'),
    nextPollAt: at('next_poll_at'),
    /** When it came back to a Halo that it had read before; null once it has been read there again. */
    returnedAt: at('returned_at'),
    /** Polls in a row that came to no end, as when their process dies; the one under way counts. */
    silentPolls: integer('silent_polls').notNull().default(0),
    /** In a row. */
    errors: integer('errors').notNull().default(0),
    error: text('error'),
  },
  (t) => [primaryKey({ columns: [t.connection, t.kind] })],
);

/** How far feeds have been read at Halos that their connections have led to before; `feeds` has where they are now. */
export const feedPlaces = pgTable(
  'feed_places',
  {
    connection: text('connection').notNull(),
    kind: text('kind', { enum: ['tickets', 'projects', 'opportunities'] }).notNull(),
    /** As `feeds.halo`. */
    halo: text('halo').notNull(),
    ...place(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.kind, t.halo] })],
);

/** From where on a trigger takes the records of one Halo. */
const baseline = () => ({
  /** The feed's mark when the trigger was created or last enabled. */
  baseline: integer('baseline').notNull(),
  /** The trigger's `enabledAt` that the baseline is for. */
  enabledAt: at('enabled_at').notNull(),
  /** Of a trigger that was enabled while its connection led to another Halo: what was made before is not new for it. */
  since: at('since'),
});

/** Which feeds a trigger takes its records from, and from where on. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    trigger: text('trigger')
      .notNull()
      .references(() => triggers.id, { onDelete: 'cascade' }),
    connection: text('connection').notNull(),
    kind: text('kind', { enum: ['tickets', 'projects', 'opportunities'] }).notNull(),
    ...baseline(),
  },
  (t) => [
    primaryKey({ columns: [t.trigger, t.connection, t.kind] }),
    index('subscriptions_feed').on(t.connection, t.kind),
  ],
);

/** The same for the places that feeds have kept. */
export const subscriptionPlaces = pgTable(
  'subscription_places',
  {
    trigger: text('trigger')
      .notNull()
      .references(() => triggers.id, { onDelete: 'cascade' }),
    connection: text('connection').notNull(),
    kind: text('kind', { enum: ['tickets', 'projects', 'opportunities'] }).notNull(),
    halo: text('halo').notNull(),
    ...baseline(),
  },
  (t) => [
    primaryKey({ columns: [t.trigger, t.connection, t.kind, t.halo] }),
    index('subscription_places_feed').on(t.connection, t.kind, t.halo),
  ],
);

/** The Halo whose records a trigger's keys do not name: the first that it looked at. It outlives the trigger, as keys do. */
export const triggerHalos = pgTable('trigger_halos', {
  trigger: text('trigger').primaryKey(),
  halo: text('halo').notNull(),
});

/** Halo's own webhook on a connection, made and repaired by haloflow: where its deliveries come in. */
export const haloWebhooks = pgTable(
  'halo_webhooks',
  {
    connection: text('connection').primaryKey(),
    /** Part of the URL, sealed. */
    sealedSecret: text('sealed_secret').notNull(),
    /** Halo's GUID of it; null while there is none. */
    webhook: text('webhook'),
    /** Numbers of the events that notifications bind to it. */
    events: integer('events').array().notNull().default([]),
    checkedAt: at('checked_at'),
    receivedAt: at('received_at'),
    repairs: integer('repairs').notNull().default(0),
    error: text('error'),
  },
  (t) => [foreignKey({ columns: [t.connection], foreignColumns: [connections.id] }).onDelete('cascade')],
);

/** Deliveries that knew the secret and were refused: how often and why, without what was sent. The newest kinds of each. */
export const refusedDeliveries = pgTable(
  'refused_deliveries',
  {
    /** A trigger, or `halo/<connection>`; a name, since a row may be written while its trigger is deleted. */
    name: text('name').notNull(),
    /** Of HTTP. */
    status: integer('status').notNull(),
    reason: text('reason').notNull(),
    count: integer('count').notNull(),
    firstAt: at('first_at').notNull().defaultNow(),
    lastAt: at('last_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.name, t.status, t.reason] })],
);
