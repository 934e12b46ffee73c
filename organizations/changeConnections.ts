/** Makes, changes and deletes connections. */
import { and, eq, ne } from 'drizzle-orm';
import { audit } from '../access/audit.ts';
import { demandFreeName, refusePastMove } from '../access/names.ts';
import { subtreeHolds } from '../access/principal.ts';
import type { Principal } from '../access/principal.ts';
import { ConflictError } from '../errors.ts';
import { connections } from '../store/schema/configuration.ts';
import { haloOptions } from '../store/schema/control.ts';
import { seal } from '../store/seal.ts';
import type { Store } from '../store/store.ts';
import { configurationIn } from './configuration.ts';
import { asksNothing, changing } from './changing.ts';
import type { Guarded, Transaction } from './changing.ts';
import { blankIsNull, demandLimit, limitOf, secretOf, serversOf, spaced } from './connectionInput.ts';
import type { ConnectionChanges, NewConnection } from './connectionInput.ts';
import { getConnection, noConnection, shownColumns, view } from './connections.ts';
import type { ConnectionView } from './connections.ts';
import type { Connector } from './connector.ts';
import { serversAfter } from './connectionAfter.ts';
import { sayHalo } from './haloHosts.ts';
import { demandOwnNetwork } from './ownNetwork.ts';
import { describeUsage, usageOf } from './usage.ts';

/** What is needed to change connections. */
export interface Changing {
  readonly store: Store;
  readonly principal: Principal;
  readonly connector: Connector;
  readonly guarded: Guarded;
}

/**
 * Makes a connection; the first of an organization is its default.
 *
 * @throws NotFoundError, SchemaError, ForbiddenError for addresses that are not everybody's, or ConflictError when the id
 * is taken.
 */
export async function createConnection(
  by: Omit<Changing, 'guarded'>,
  asked: NewConnection,
): Promise<ConnectionView> {
  const { store, principal } = by;
  await subtreeHolds(store, principal, asked.organization, 'body.organization');
  const sealedSecret = await seal(store.key, secretOf(asked.clientSecret));
  const onPremise = asked.onPremise ?? false;
  const addresses = { resourceServer: asked.resourceServer, authServer: asked.authServer ?? null, onPremise };
  await demandOwnNetwork(store, principal, by.connector, addresses);
  const servers = serversOf(by.connector, addresses);
  return await changing(store, async (tx) => {
    // It may have been deleted or moved since.
    await subtreeHolds({ db: tx }, principal, asked.organization, 'body.organization');
    const name = { kind: 'connection', name: asked.id, owner: asked.organization, field: 'body.id' } as const;
    await demandFreeName(tx, principal, name);
    const others = await ofOrganization(tx, asked.organization);
    const isDefault = others.length === 0 || asked.default === true;
    if (isDefault) await undefault(tx, asked.organization);
    const [row] = await tx
      .insert(connections)
      .values({
        id: asked.id,
        organization: asked.organization,
        isDefault,
        enabled: asked.enabled ?? true,
        ...servers,
        onPremise,
        tenant: blankIsNull(asked.tenant),
        clientId: asked.clientId.trim(),
        sealedSecret,
        scope: asked.scope === undefined ? undefined : spaced(asked.scope),
        ...limitOf(asked),
        writeSettleSeconds: asked.writeSettleSeconds ?? null,
        origin: 'manual',
      })
      .onConflictDoNothing({ target: connections.id })
      .returning(shownColumns);
    if (row) demandLimit(asked, view(row).rateLimit);
    if (!row) {
      throw new ConflictError(
        `the id ${asked.id} is taken by another connection: give this one another id, or change that one`,
        { details: { field: 'body.id' } },
      );
    }
    const after = view(row);
    await audit(tx, principal, {
      action: 'connections.create',
      object: `connection ${row.id}`,
      organization: row.organization,
      after,
    });
    return after;
  });
}

/**
 * Changes a connection; its addresses are brought to the stored form again.
 *
 * @throws NotFoundError, SchemaError, ForbiddenError as for a new one, or ConflictError for what would leave triggers or the organization without it.
 */
export async function changeConnection(
  by: Changing,
  id: string,
  asked: ConnectionChanges,
): Promise<ConnectionView> {
  const { store, principal } = by;
  await getConnection(store.db, principal, id);
  const sealed =
    asked.clientSecret === undefined
      ? {}
      : { sealedSecret: await seal(store.key, secretOf(asked.clientSecret)) };
  return await changing(store, async (tx) => {
    const before = await getConnection(tx, principal, id);
    if (asksNothing(asked)) return before;
    const organization = asked.organization ?? before.organization;
    if (organization !== before.organization) {
      await subtreeHolds({ db: tx }, principal, organization, 'body.organization');
    }
    const change = () => write(tx, by, before, { ...asked, ...sealed, organization });
    if (organization !== before.organization) {
      await refuseInUse(tx, principal, before, 'cannot pass to another organization');
      const [from, to] = [before.organization, organization];
      await refusePastMove(tx, { kind: 'connection', name: id, from, to, field: 'body.organization' });
      const what = `giving connection ${id} to ${organization}`;
      return await by.guarded(tx, { principal, what, field: 'body.organization' }, change);
    }
    if (asked.resourceServer === undefined) return await change();
    const what = `letting connection ${id} ask another Halo`;
    return await by.guarded(tx, { principal, what, field: 'body.resourceServer' }, change);
  });
}

async function write(
  tx: Transaction,
  by: Changing,
  before: ConnectionView,
  asked: ConnectionChanges & { readonly organization: string; readonly sealedSecret?: string },
): Promise<ConnectionView> {
  const { id } = before;
  const { organization, sealedSecret } = asked;
  const servers = await serversAfter(tx, by, before, asked);
  const configuration = await configurationIn(tx);
  const isDefault = await defaultAfter(tx, before, asked);
  const [row] = await tx
    .update(connections)
    .set({
      organization,
      isDefault,
      enabled: asked.enabled,
      ...servers,
      // What is undefined stays as it is.
      tenant: asked.tenant === undefined ? undefined : blankIsNull(asked.tenant),
      clientId: asked.clientId?.trim(),
      scope: asked.scope === undefined ? undefined : spaced(asked.scope),
      sealedSecret,
      ...limitOf(asked),
      writeSettleSeconds: asked.writeSettleSeconds,
      origin: 'manual',
    })
    .where(eq(connections.id, id))
    .returning(shownColumns);
  if (!row) throw noConnection(id);
  demandLimit(asked, view(row).rateLimit);
  await sayHalo(tx, configuration, {
    before,
    after: row,
    isSame: asked.sameHalo,
    reach: by.principal.organization,
  });
  // It may be another Halo now.
  await tx.delete(haloOptions).where(eq(haloOptions.connection, id));
  const after = view(row);
  await audit(tx, by.principal, {
    action: 'connections.change',
    object: `connection ${id}`,
    organization,
    before,
    after: asked.clientSecret === undefined ? after : { ...after, clientSecret: '(changed)' },
  });
  return after;
}

/**
 * Deletes a connection that nothing uses; with `withMappings` its mappings go too. Triggers that the principal cannot see do
 * not hold one that Halo does not accept.
 *
 * @throws NotFoundError, or ConflictError with `details.triggers` and `details.mappings` that use it, or for triggers that
 * would find no credentials any more.
 */
export async function deleteConnection(
  { store, principal, guarded }: Omit<Changing, 'connector'>,
  id: string,
  { withMappings = false }: { withMappings?: boolean },
): Promise<ConnectionView> {
  return await changing(store, async (tx) => {
    const before = await getConnection(tx, principal, id);
    await refuseInUse(tx, principal, before, 'cannot be deleted', { withMappings });
    const others = await ofOrganization(tx, before.organization, id);
    if (before.default && others.length > 1) throw needsDefault(before);
    const about = {
      principal,
      what: `deleting connection ${id}`,
      isUseless: !(await isAccepted(tx, id)),
      instead: `, or disable the connection with "enabled": false (\`haloflow connections disable ${id}\`): then calls on it fail`,
    };
    await guarded(tx, about, async () => {
      await tx.delete(connections).where(eq(connections.id, id));
      const [heir] = others;
      if (before.default && heir) {
        await tx.update(connections).set({ isDefault: true }).where(eq(connections.id, heir));
      }
    });
    await audit(tx, principal, {
      action: 'connections.delete',
      object: `connection ${id}`,
      organization: before.organization,
      before,
    });
    return before;
  });
}

async function refuseInUse(
  tx: Transaction,
  principal: Principal,
  { id }: ConnectionView,
  what: string,
  { withMappings = false } = {},
): Promise<void> {
  const found = await usageOf(tx, principal, id);
  const usage = withMappings ? { ...found, mappings: [] } : found;
  const uses = describeUsage(usage);
  if (uses === '') return;
  throw new ConflictError(
    `connection ${id} ${what} while it is in use by ${uses}: give these another connection or delete them first`,
    { details: { triggers: usage.triggers, mappings: usage.mappings } },
  );
}

/** Ids of an organization's connections, without one of them. */
async function ofOrganization(tx: Transaction, organization: string, except = ''): Promise<string[]> {
  const rows = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.organization, organization), ne(connections.id, except)));
  return rows.map(({ id }) => id);
}

/** Whether Halo has issued a token to it, and not refused one since. */
async function isAccepted(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx
    .select({ isAccepted: connections.isAccepted })
    .from(connections)
    .where(eq(connections.id, id));
  return rows.some((row) => row.isAccepted);
}

async function undefault(tx: Transaction, organization: string): Promise<void> {
  await tx.update(connections).set({ isDefault: false }).where(eq(connections.organization, organization));
}

/** Whether it is the default afterwards; with one connection an organization has that one, with several one of them. */
async function defaultAfter(
  tx: Transaction,
  before: ConnectionView,
  asked: ConnectionChanges & { readonly organization: string },
): Promise<boolean> {
  const moves = asked.organization !== before.organization;
  const left = await ofOrganization(tx, before.organization, before.id);
  const there = moves ? await ofOrganization(tx, asked.organization) : left;
  const wanted = asked.default ?? (before.default && !moves);
  if (before.default && (moves || !wanted) && left.length > 1) throw needsDefault(before);
  const result = wanted || there.length === 0;
  if (result) await undefault(tx, asked.organization);
  const [heir] = left;
  if (before.default && (moves || !result) && heir) {
    await tx.update(connections).set({ isDefault: false }).where(eq(connections.id, before.id));
    await tx.update(connections).set({ isDefault: true }).where(eq(connections.id, heir));
  }
  return result;
}

const needsDefault = ({ id, organization }: ConnectionView): ConflictError =>
  new ConflictError(
    `connection ${id} is the default of ${organization}, which has several others: make one of them the default first ` +
      '(default: true)',
    { details: { field: 'body.default' } },
  );
