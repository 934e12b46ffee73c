/** Names of deleted rows: runs, events, writes and audit lines still refer to them, so others may not use them. */
import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** A database trigger writes it whenever an organization, connection or trigger is deleted. */
export const pastNames = pgTable(
  'past_names',
  {
    kind: text('kind', { enum: ['organization', 'connection', 'trigger'] }).notNull(),
    name: text('name').notNull(),
    /**
     * The organizations that had it when it was deleted, from the root down: those above an organization, the owner of
     * a connection or trigger and those above that. Empty: a root. Null: deleted before this was recorded.
     */
    holders: text('holders').array(),
    at: at('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.kind, t.name] })],
);
