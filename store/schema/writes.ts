/** The write ledger: what was sent to Halo, so that nothing is sent twice. It outlives runs and their calls. */
import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

export const writes = pgTable(
  'writes',
  {
    /** Key of the call. */
    call: text('call').notNull(),
    /** Of the element, where the input is an array. */
    index: integer('index').notNull().default(0),
    /** The try that sent it, by Temporal's count: only that one may take the mark back. */
    attempt: integer('attempt').notNull().default(0),
    connection: text('connection').notNull(),
    /** The Halo, and from its second generation on which: organizations/halo.ts. So its ids are unique. */
    host: text('host').notNull(),
    action: text('action').notNull(),
    /** Halo's name of what is written: the route without its id, `/Tickets`; past retention a hash, where an author wrote it. */
    resource: text('resource').notNull(),
    effect: text('effect', { enum: ['create', 'update', 'upsert', 'delete'] }).notNull(),
    /** `sent`: on its way, or its reply is lost; `unknown`: given up, nobody knows. */
    state: text('state', { enum: ['sent', 'confirmed', 'unknown'] }).notNull(),
    /** `haloflow:<hash>`, as Halo keeps it in the record, where the action has such a field. */
    stamp: text('stamp'),
    /** The author's business key: one create per connection and Halo, across runs. As calls/onceKeys.ts has it. */
    once: text('once'),
    /** Digest of what was sent, so that a business key stands for one record. */
    digest: text('digest'),
    /** What tells the record from others, a short hash for each property, `summary=<hash>`; null: not known, or emptied. */
    marks: text('marks').array(),
    /** The API application (OAuth client id) whose credentials sent it. */
    application: text('application'),
    sentAt: at('sent_at').notNull().defaultNow(),
    /** The request is aborted by then. */
    deadAt: at('dead_at').notNull().defaultNow(),
    /** How often Halo could not be asked what became of it. */
    failedLooks: integer('failed_looks').notNull().default(0),
    /** Halo's id of what was written. */
    haloId: text('halo_id'),
    /** When its record was made, as Halo says it, where it does; with the stamp what tells that a record is still it. */
    made: text('made'),
    /** Halo's id of the ticket that was written or written to, for the loop guard. */
    ticket: integer('ticket'),
    /**
     * The element's output, once known; null again when its run is past retention (triggers/emptyLedger.ts). As text (not
     * jsonb): Halo's strings may hold U+0000.
     */
    result: json('result'),
    settledAt: at('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.call, t.index] }),
    uniqueIndex('writes_one_record')
      .on(t.host, t.resource, t.haloId)
      .where(sql`${t.effect} = 'create' and ${t.haloId} is not null`),
    uniqueIndex('writes_once')
      .on(t.connection, t.once)
      .where(sql`${t.once} is not null`),
    index('writes_open')
      .on(t.host, t.resource)
      .where(sql`${t.state} = 'sent'`),
    index('writes_ticket').on(t.host, t.ticket, t.sentAt),
    index('writes_stamp').on(t.stamp),
    index('writes_kept')
      .on(t.sentAt)
      .where(sql`${t.result} is not null or ${t.marks} is not null`),
  ],
);

/** Halos on which a connection has used business keys that another of its Halos had before: their rows name the Halo. */
export const onceHalos = pgTable(
  'once_halos',
  {
    /** A name, not a reference: the keys outlive it. */
    connection: text('connection').notNull(),
    halo: text('halo').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connection, t.halo] })],
);

/** Who of a tree may create on a host now: Halo's numbering is unsafe in parallel. A holder that died loses it at `until`. */
export const createLeases = pgTable('create_leases', {
  /** Tree and host, as calls/place.ts writes them. */
  place: text('host').primaryKey(),
  /** Key of the call. */
  holder: text('holder').notNull(),
  until: at('until').notNull(),
});

/** Stamps are relied on where a record has come back with one, and given up where one has come back without. */
export const stampProofs = pgTable(
  'stamp_proofs',
  {
    /** Tree and host, as calls/place.ts writes them; a host alone: seen before trees were told apart. */
    place: text('host').notNull(),
    /** The route without its id, `/Tickets`. */
    resource: text('resource').notNull(),
    /** Whether the record that told had kept its stamp. */
    kept: boolean('kept').notNull().default(true),
    provenAt: at('proven_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.place, t.resource] })],
);
