/** Who may do what over the API, and what was done. */
import { sql } from 'drizzle-orm';
import { bigserial, foreignKey, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, createdAt, jsonb } from './columns.ts';
import { organizations } from './configuration.ts';

/** API tokens: only a hash of each is kept. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    /** `hft_…`, the part of the token that may be seen. */
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** SHA-256 of the secret part, base64url. */
    hash: text('hash').notNull(),
    /** The root of what it may reach; null: the whole installation. */
    organization: text('organization'),
    role: text('role', { enum: ['viewer', 'operator', 'editor', 'admin'] }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    expiresAt: at('expires_at'),
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    foreignKey({ columns: [t.organization], foreignColumns: [organizations.slug] }).onDelete('cascade'),
    // Of one organization: nobody learns from a refusal what tokens of others are called.
    uniqueIndex('api_tokens_name')
      .on(sql`coalesce(${t.organization}, '')`, t.name)
      .where(sql`${t.revokedAt} is null`),
  ],
);

/**
 * Every change of the configuration and every run started by hand; secrets are left out. Never deleted. Changed only to
 * add how a deed ended that somebody else was asked to do, and past retention, when the values go.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull().defaultNow(),
    /** Id of a token, or `local` for the command line on this machine. */
    actor: text('actor').notNull(),
    /** What was done: `mappings.accept`. */
    action: text('action').notNull(),
    /** What it was done to: `mapping northwind-halo/acme`. */
    object: text('object').notNull(),
    /** Whose it is; null: nobody's in particular. A name, not a reference: the log outlives it. */
    organization: text('organization'),
    before: jsonb('before'),
    after: jsonb('after'),
  },
  (t) => [
    index('audit_log_organization').on(t.organization, t.id),
    index('audit_log_kept')
      .on(t.at)
      .where(sql`${t.before} is not null or ${t.after} is not null`),
  ],
);
