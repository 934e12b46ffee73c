/** Runs and the Halo calls they made; both outlast Temporal's retention. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, json, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { jsonb } from './columns.ts';

/** One workflow execution for one organization: a snapshot of what it may do, taken when it was started. */
export const runs = pgTable(
  'runs',
  {
    id: uuid('id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    workflow: text('workflow').notNull(),
    /** Whose authority the overrides spend. */
    owner: text('owner').notNull(),
    /** For whom it runs. Names, not references: history outlives configuration. */
    organization: text('organization').notNull(),
    trigger: text('trigger'),
    /** `{ halo?: Override }`, as organizations/types.ts has it. */
    overrides: jsonb('overrides').notNull(),
    /** `cli`, `smoke`, `trigger`. */
    startedBy: text('started_by').notNull(),
    /** The workflow's arguments. As text (not jsonb): Halo's strings may hold U+0000. */
    input: json('input'),
    /** Id of the event that started it. */
    event: bigint('event', { mode: 'number' }),
    /** The run that it repeats (`runs rerun`). */
    rerunOf: uuid('rerun_of'),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    /** As Temporal's visibility has it; `running` until that was read. */
    status: text('status', {
      enum: ['running', 'completed', 'failed', 'cancelled', 'terminated', 'timed-out'],
    })
      .notNull()
      .default('running'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    errorType: text('error_type'),
    errorMessage: text('error_message'),
    /** The transaction that made the row, or last changed how it stands: who follows reads on from there. */
    changed: bigint('changed', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    index('runs_organization').on(t.organization, t.startedAt),
    index('runs_started').on(t.startedAt, t.id),
    index('runs_workflow').on(t.workflow, t.startedAt),
    index('runs_status').on(t.status, t.startedAt),
    index('runs_closed').on(t.closedAt),
    index('runs_changed').on(t.changed, t.id),
    index('runs_workflow_id').on(t.workflowId),
    index('runs_trigger').on(t.trigger, t.startedAt),
    index('runs_open')
      .on(t.startedAt)
      .where(sql`${t.status} = 'running'`),
  ],
);

/** One action call of a run; its key is stable over attempts. */
export const calls = pgTable(
  'calls',
  {
    /** `workflow id / run id / activity id`. */
    key: text('key').primaryKey(),
    run: uuid('run')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    action: text('action').notNull(),
    /** For whom: the run's organization, or one below it (`halo.as`). */
    organization: text('organization').notNull(),
    connection: text('connection'),
    because: text('because'),
    /** The latest try that has begun, by Temporal's count; 0 before the first. Earlier ones may no longer send. */
    attempt: integer('attempt').notNull().default(0),
    /** Tries that reached Halo, or failed of an error that is none of Halo's. */
    attempts: integer('attempts').notNull().default(0),
    status: text('status', { enum: ['running', 'ok', 'failed', 'waiting'] }).notNull(),
    errorType: text('error_type'),
    errorMessage: text('error_message'),
    /** Names of the properties sent through `extra`. */
    extra: text('extra').array(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    durationMs: integer('duration_ms'),
  },
  (t) => [index('calls_run').on(t.run)],
);

/** One row: up to where the ends of runs have been read from Temporal's visibility. */
export const runEnds = pgTable('run_ends', {
  one: boolean('one').primaryKey().default(true),
  /** Close time of the latest end that was read. */
  closedAt: timestamp('closed_at', { withTimezone: true }),
  readAt: timestamp('read_at', { withTimezone: true }),
});
