/** API tokens: made, known again by a hash, revoked. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { ConflictError, ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.ts';
import { apiTokens } from '../store/schema/access.ts';
import { isUniqueViolation } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { audit } from './audit.ts';
import { LOCAL, subtreeHolds, within } from './principal.ts';
import type { Principal, Role } from './principal.ts';

/** A token without what is secret of it. */
export type Token = Omit<typeof apiTokens.$inferSelect, 'hash'>;

const { hash: _hash, ...shown } = {
  id: apiTokens.id,
  name: apiTokens.name,
  hash: apiTokens.hash,
  organization: apiTokens.organization,
  role: apiTokens.role,
  createdBy: apiTokens.createdBy,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  revokedAt: apiTokens.revokedAt,
};

/** How exactly the last use is known. */
const USED_EVERY_MS = 60_000;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export interface NewToken {
  readonly name: string;
  /** The root of what it may reach; null: the whole installation. */
  readonly organization: string | null;
  readonly role: Role;
  /** None: with the token that makes it, or never where that never does. */
  readonly expiresAt?: Date | null;
}

/**
 * Makes a token, and returns its text `hft_<id>_<secret>`, which is shown this once and stored nowhere.
 *
 * @throws NotFoundError for an organization out of reach, ConflictError when another token has this name, ForbiddenError when it would outlive the token that makes it.
 */
export async function createToken(
  store: Store,
  principal: Principal,
  { name, organization, role, expiresAt: wanted = null }: NewToken,
): Promise<{ readonly token: Token; readonly text: string }> {
  const id = `hft_${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(32).toString('base64url');
  try {
    return await store.db.transaction(
      async (tx) => {
        if (organization !== null) {
          // Nobody deletes it until this is done.
          await tx.execute(sql`select 1 from organizations where slug = ${organization} for key share`);
          await subtreeHolds({ db: tx }, principal, organization, 'body.organization');
        }
        const expiresAt = await endOf(tx, principal, wanted);
        const [token] = await tx
          .insert(apiTokens)
          .values({
            id,
            name,
            organization,
            role,
            expiresAt,
            createdBy: principal.actor,
            hash: hashOf(secret),
          })
          .returning(shown);
        if (!token) throw new Error('the insert returned nothing');
        await audit(tx, principal, {
          action: 'tokens.create',
          object: `token ${id}`,
          organization,
          after: { name, role, organization, expiresAt },
        });
        return { token, text: `${id}_${secret}` };
      },
      { isolationLevel: 'read committed' },
    );
  } catch (error) {
    if (isUniqueViolation(error)) {
      throw new ConflictError(
        `a token is already called "${name}": give this one another name, or revoke that one`,
        {
          details: { field: 'body.name' },
        },
      );
    }
    throw error;
  }
}

/** When a new token ends: as wanted, and not after the one that makes it. */
async function endOf(
  db: Pick<Store['db'], 'select'>,
  { actor }: Principal,
  wanted: Date | null,
): Promise<Date | null> {
  const [maker] = await db
    .select({ expiresAt: apiTokens.expiresAt })
    .from(apiTokens)
    .where(eq(apiTokens.id, actor));
  const latest = maker?.expiresAt ?? null;
  if (latest === null) return wanted;
  if (wanted === null || wanted <= latest) return wanted ?? latest;
  throw new ForbiddenError(
    `a token cannot outlive the one that makes it, which ends at ${latest.toISOString()}: give that time or an ` +
      'earlier one, leave the end out to have that one, or ask somebody whose token lasts longer',
    { details: { field: 'body.expiresAt', latest: latest.toISOString() } },
  );
}

/**
 * Whose token this is.
 *
 * @throws UnauthenticatedError for one that is unknown, revoked or expired; it does not tell which.
 */
export async function principalOf(store: Store, text: string): Promise<Principal> {
  const [, id = '', secret = ''] = /^(hft_[0-9a-f]{12})_([\w-]{43})$/.exec(text) ?? [];
  const [row] = id === '' ? [] : await store.db.select().from(apiTokens).where(eq(apiTokens.id, id));
  const offered = Buffer.from(hashOf(secret));
  const known = Buffer.from(row?.hash ?? hashOf(''));
  const isValid = timingSafeEqual(offered, known) && row?.revokedAt === null;
  if (!row || !isValid || (row.expiresAt !== null && row.expiresAt <= new Date())) {
    throw new UnauthenticatedError(
      'this token is unknown, revoked or expired: `haloflow tokens create` on the machine of haloflow makes a new one',
    );
  }
  if (row.lastUsedAt === null || row.lastUsedAt.getTime() < Date.now() - USED_EVERY_MS) {
    await store.db
      .update(apiTokens)
      .set({ lastUsedAt: sql`now()` })
      .where(eq(apiTokens.id, id));
  }
  return { actor: row.id, organization: row.organization, role: row.role };
}

/** Which of those who were let in still would be, for what goes on longer than a request. */
export async function liveTokens(
  store: Pick<Store, 'db'>,
  actors: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = actors.filter((actor) => actor !== LOCAL.actor);
  const local = ids.length < actors.length ? [LOCAL.actor] : [];
  if (ids.length === 0) return new Set(local);
  const rows = await store.db
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(
      and(
        inArray(apiTokens.id, ids),
        isNull(apiTokens.revokedAt),
        sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
      ),
    );
  return new Set([...local, ...rows.map(({ id }) => id)]);
}

/** A token by its id, revoked or not; undefined when there is none, as for `local`. */
export async function findToken(store: Pick<Store, 'db'>, id: string): Promise<Token | undefined> {
  const [token] = await store.db.select(shown).from(apiTokens).where(eq(apiTokens.id, id));
  return token;
}

/** The tokens of the principal's organizations, newest first; revoked ones too. */
export async function listTokens(store: Store, principal: Principal): Promise<Token[]> {
  return await store.db
    .select(shown)
    .from(apiTokens)
    .where(within(principal, apiTokens.organization))
    .orderBy(desc(apiTokens.createdAt));
}

/**
 * Ends a token at once.
 *
 * @throws NotFoundError when the principal can see no such token that is not revoked.
 */
export async function revokeToken(store: Store, principal: Principal, id: string): Promise<Token> {
  return await store.db.transaction(async (tx) => {
    const [token] = await tx
      .update(apiTokens)
      .set({ revokedAt: sql`now()` })
      .where(
        and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt), within(principal, apiTokens.organization)),
      )
      .returning(shown);
    if (!token) throw new NotFoundError(`there is no token ${id}: \`haloflow tokens list\` shows all`);
    await audit(tx, principal, {
      action: 'tokens.revoke',
      object: `token ${id}`,
      organization: token.organization,
      before: { name: token.name, role: token.role },
    });
    return token;
  });
}

/** Whether nobody has ever made a token here: then `haloflow start` makes the first. */
export async function hasTokens(store: Store): Promise<boolean> {
  const rows = await store.db.select({ id: apiTokens.id }).from(apiTokens).limit(1);
  return rows.length > 0;
}
