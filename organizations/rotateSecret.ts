/** Gives a connection another client secret, once Halo has taken it. */
import { and, eq } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import { within } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { ConflictError } from '../errors.ts';
import { connections } from '../store/schema/configuration.ts';
import { seal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { changing } from './changing.ts';
import { secretOf } from './connectionInput.ts';
import { noConnection } from './connections.ts';

export interface Rotation {
  readonly store: Store;
  readonly principal: Principal;
  /** Asks Halo for a token with this secret in place of the connection's own; throws when none is given. */
  readonly authenticate: (connection: string, clientSecret: string) => Promise<void>;
}

export interface Rotated {
  readonly id: string;
  readonly organization: string;
  /** `file`: the next apply brings back what the environment says. */
  readonly origin: 'file' | 'manual' | 'demo';
}

/**
 * The old secret is dropped in the transaction that stores the new one, and not before Halo has given a token for that.
 * Tokens that were given for the old one stay in use until they end.
 *
 * @throws NotFoundError, SchemaError for an empty secret, what Halo answers to it, or ConflictError when the connection
 * was changed meanwhile; the old secret stays in place then.
 */
export async function rotateSecret(
  { store, principal, authenticate }: Rotation,
  id: string,
  pasted: string,
): Promise<Rotated> {
  const secret = secretOf(pasted);
  const where = and(eq(connections.id, id), within(principal, connections.organization));
  const read = async (db: Pick<Store['db'], 'select'>) => {
    const [row] = await db.select().from(connections).where(where);
    if (row) return row;
    throw noConnection(id);
  };
  const tried = await read(store.db);
  await authenticate(id, secret);
  return await changing(store, async (tx) => {
    const { sealedSecret: before, isAccepted: _now, ...now } = await read(tx);
    const { sealedSecret, isAccepted: _then, ...then } = tried;
    if (before !== sealedSecret || JSON.stringify(now) !== JSON.stringify(then)) {
      throw new ConflictError(
        `connection ${id} was changed while its new secret was tried: nothing was stored, try again`,
      );
    }
    await tx
      .update(connections)
      .set({ sealedSecret: await seal(store.key, secret) })
      .where(eq(connections.id, id));
    await audit(tx, principal, {
      action: 'connections.rotateSecret',
      object: `connection ${id}`,
      organization: now.organization,
      before: { clientSecret: '(changed)' },
      after: { clientSecret: '(changed)' },
    });
    return { id, organization: now.organization, origin: now.origin };
  });
}
