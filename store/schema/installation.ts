/** What this database requires of the programs that use it. */
import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core';

/** A single row. */
export const installation = pgTable(
  'installation',
  {
    singleton: boolean('singleton').primaryKey().default(true),
    /** The number of migrations that the program that wrote this row knew. */
    migrations: integer('migrations').notNull(),
    /** The number of migrations that a program must know to use these tables safely. */
    oldest: integer('oldest').notNull(),
    /** Ids of the keys that secrets are sealed with; null if there are no secrets yet. */
    keys: text('keys').array(),
  },
  (t) => [check('installation_once', sql`${t.singleton}`)],
);
