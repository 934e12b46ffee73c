/** What `haloflow tokens` does. */
import { withApi } from './api.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

/** As the API shows it; times as text. */
interface Token {
  readonly id: string;
  readonly name: string;
  readonly organization: string | null;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface CreateOptions {
  readonly role: string;
  readonly org?: string;
  readonly days?: number;
}

const DAY_MS = 24 * 3600_000;
const day = (time: string | null, none: string): string => (time === null ? none : time.slice(0, 10));

export async function listed(): Promise<Outcome> {
  return await withApi(async (api) => {
    const { tokens } = await api.call<{ tokens: readonly Token[] }>({ path: '/tokens' });
    const rows = tokens.map(
      ({ id, name, role, organization, createdAt, expiresAt, lastUsedAt, revokedAt }) => [
        id,
        name,
        role,
        organization ?? '(all)',
        day(createdAt, ''),
        day(lastUsedAt, 'never'),
        revokedAt === null ? day(expiresAt, 'never') : `revoked ${day(revokedAt, '')}`,
      ],
    );
    const heads = ['id', 'name', 'role', 'organization', 'created', 'last used', 'ends'];
    return {
      ok: true,
      json: { ok: true, tokens },
      text: rows.length === 0 ? 'No tokens.' : table(heads, rows),
    };
  });
}

/** As GET /me says it. */
interface Bearer {
  readonly actor: string;
  readonly name: string | null;
  readonly organization: string | null;
  readonly role: string;
  readonly expiresAt: string | null;
}

export async function whoami(): Promise<Outcome> {
  return await withApi(async (api) => {
    const me = await api.call<Bearer>({ path: '/me' });
    const { actor, name, organization, role, expiresAt } = me;
    const who = name === null ? 'the command line of this machine' : `the token ${name} (${actor})`;
    const where = organization === null ? 'the whole installation' : `${organization} and what is below it`;
    const end = name === null ? '' : expiresAt === null ? '; it does not end' : `; it ends ${expiresAt}`;
    return { ok: true, json: { ok: true, ...me }, text: `You are ${who}: ${role} of ${where}${end}.` };
  });
}

export async function created(name: string, { role, org, days }: CreateOptions): Promise<Outcome> {
  const expiresAt =
    days === undefined ? {} : { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() };
  return await withApi(async (api) => {
    const made = await api.call<{ token: Token; text: string }>({
      method: 'POST',
      path: '/tokens',
      body: { name, role, ...(org === undefined ? {} : { organization: org }), ...expiresAt },
    });
    return {
      ok: true,
      json: { ok: true, ...made },
      text: `${made.text}\n\nKeep it: it is not stored and cannot be shown again.`,
    };
  });
}

export async function revoked(id: string): Promise<Outcome> {
  return await withApi(async (api) => {
    const { token } = await api.call<{ token: Token }>({
      method: 'DELETE',
      path: `/tokens/${encodeURIComponent(id)}`,
    });
    return { ok: true, json: { ok: true, token }, text: `Token ${token.name} (${token.id}) has ended.` };
  });
}
