/** Columns that several tables have. */
import { text, timestamp } from 'drizzle-orm/pg-core';

/** Who wrote a row: `file` (apply), `manual` (by hand), `demo` (the smoke test's own). */
export const origin = () => text('origin', { enum: ['file', 'manual', 'demo'] }).notNull();

export const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow();

export const at = (name: string) => timestamp(name, { withTimezone: true });
