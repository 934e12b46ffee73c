/** Columns that several tables have. */
import { customType, text, timestamp } from 'drizzle-orm/pg-core';
import { storableJson } from '../text.ts';

/** Who wrote a row: `file` (apply), `manual` (by hand), `demo` (the smoke test's own). */
export const origin = () => text('origin', { enum: ['file', 'manual', 'demo'] }).notNull();

export const createdAt = () => timestamp('created_at', { withTimezone: true }).notNull().defaultNow();

export const at = (name: string) => timestamp(name, { withTimezone: true });

/** Any JSON, also a text: Drizzle's own `jsonb` parses what it reads once more than is right, and "12" becomes 12. */
export const jsonb = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: storableJson,
});
