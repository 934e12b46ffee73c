/** Runs and the Halo calls they made; both outlast Temporal's retention. */
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

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
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('runs_organization').on(t.organization, t.startedAt),
    index('runs_workflow_id').on(t.workflowId),
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
