/** Writes that have been sent to Halo: what a later attempt of the call must know before it sends anything. */
import { integer, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { calls } from './runs.ts';

export const writes = pgTable('writes', {
  /** Key of the call. */
  call: text('call')
    .primaryKey()
    .references(() => calls.key, { onDelete: 'cascade' }),
  /** The try that sent it, by Temporal's count: only that one may take the mark back. */
  attempt: integer('attempt').notNull().default(0),
  sentAt: timestamp('sent_at', { withTimezone: true }).notNull().defaultNow(),
  /** The call's output, once known. As text (not jsonb): Halo's strings may hold U+0000. */
  result: json('result'),
});
