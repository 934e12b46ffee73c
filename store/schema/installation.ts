/** What this database expects of the programs that use it. */
import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core';

/** One row. */
export const installation = pgTable(
  'installation',
  {
    singleton: boolean('singleton').primaryKey().default(true),
    /** How many migrations the program knew that wrote this row. */
    migrations: integer('migrations').notNull(),
    /** How many of them a program has to know at least, to do no harm to these tables. */
    oldest: integer('oldest').notNull(),
    /** Ids of the keys that secrets are sealed with; null before there are any. */
    keys: text('keys').array(),
  },
  (t) => [check('installation_once', sql`${t.singleton}`)],
);
