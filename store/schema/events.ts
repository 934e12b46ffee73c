/** Occurrences that triggers looked at. Keys are kept for ever, so that nothing starts twice; payloads by policy. */
import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, json, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, jsonb } from './columns.ts';

export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** Names, not references: events outlive configuration. */
    trigger: text('trigger').notNull(),
    /**
     * Once per trigger: `tickets/4711`, `manual/<uuid>`, `cron/<nominal time>`, `webhook/<delivery key>`, `run/<id>`,
     * `call/<digest>`. Of another Halo than the trigger's first it says which: `tickets/4711@northwind.halopsa.com`.
     */
    key: text('key').notNull(),
    source: text('source', {
      enum: ['poll', 'halo', 'webhook', 'cron', 'run', 'manual', 'rewind', 'backfill'],
    }).notNull(),
    status: text('status', { enum: ['pending', 'accepted', 'filtered', 'failed'] })
      .notNull()
      .default('pending'),
    /** Why it was filtered or failed: `criteria: …`, `own write`, `unmapped client 12`; past retention up to the colon. */
    reason: text('reason'),
    connection: text('connection'),
    /** Whose record it is, and of which generation (organizations/halo.ts); null: as `feeds.first_halo` says. */
    halo: text('halo'),
    kind: text('kind', { enum: ['tickets', 'projects', 'opportunities'] }),
    /** Halo's id of the record it is about. */
    record: integer('record'),
    /** Number of the feed's poll that found it: a batch takes the rows of one. */
    poll: integer('poll'),
    /** For whom it runs, once decided. */
    organization: text('organization'),
    /** Id of its run's row, known before there is one, so that a second try starts the same run. Batches share one. */
    run: uuid('run')
      .notNull()
      .default(sql`gen_random_uuid()`),
    /** Set once it is decided that it runs; from then on it is only started, never decided again. */
    workflowId: text('workflow_id'),
    /** The outcome of every predicate (triggers/criteria). */
    outcome: jsonb('outcome'),
    /** What the workflow gets as `event`. As text (not jsonb): Halo's strings may hold U+0000. */
    payload: json('payload'),
    attempts: integer('attempts').notNull().default(0),
    /** Tries in a row that came to no end, as if their processes had died of it. */
    silentTries: integer('silent_tries').notNull().default(0),
    /** When to try (again); a dispatcher that works on it puts it into the future. */
    dueAt: at('due_at').notNull().defaultNow(),
    createdAt: at('created_at').notNull().defaultNow(),
    decidedAt: at('decided_at'),
    /** Of the event that it repeats (`triggers rewind --again`). */
    repeats: bigint('repeats', { mode: 'number' }),
    /** The run whose workflow fired it, or whose end did; null for what no run has caused. */
    firedBy: uuid('fired_by'),
    /** The transaction that made the row, or last changed what became of it: who follows reads on from there. */
    changed: bigint('changed', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    unique('events_once').on(t.trigger, t.key),
    index('events_pending')
      .on(t.dueAt, t.id)
      .where(sql`${t.status} = 'pending'`),
    // Which triggers have rows that wait, and the oldest of each.
    index('events_waiting')
      .on(t.trigger, t.dueAt, t.id)
      .where(sql`${t.status} = 'pending'`),
    index('events_trigger').on(t.trigger, t.id),
    index('events_organization').on(t.organization, t.id),
    index('events_run').on(t.run),
    index('events_record').on(t.connection, t.kind, t.record),
    index('events_ticket')
      .on(t.record)
      .where(sql`${t.record} is not null`),
    index('events_changed').on(t.changed, t.id),
    index('events_created').on(t.createdAt),
    index('events_kept')
      .on(t.createdAt)
      .where(sql`${t.payload} is not null or ${t.outcome} is not null`),
    index('events_told')
      .on(t.createdAt)
      .where(sql`strpos(${t.reason}, ':') > 0`),
  ],
);
