/** Halo clients for organizations that are none yet: created once, and mapped in the same step. */
import { and, eq, inArray } from 'drizzle-orm';
import { undertake } from '../../access/audit.ts';
import { NotFoundError } from '../../errors.ts';
import { organizations } from '../../store/schema/configuration.ts';
import { writes } from '../../store/schema/writes.ts';
import { mappingsOf } from './changing.ts';
import { forgetClients, idOf, readClients } from './clients.ts';
import { setMapping } from './edit.ts';
import { domainOf } from './normalise.ts';
import { mappable, reach } from './reach.ts';
import type { Mappable } from './reach.ts';
import { suggest } from './suggest.ts';
import type { Asking } from './suggestions.ts';

export interface CreatingClients {
  /** These only; default all that are not mapped on the connection. */
  readonly organizations?: readonly string[];
  /** Only with one of these tags. */
  readonly tags?: readonly string[];
  /** Of those, so many at most. */
  readonly limit: number;
  readonly plan?: boolean;
}

/** Creates a client, or finds the one that an earlier try has created; `once` says which they are. */
export type CreateClient = (request: {
  readonly input: { readonly name: string; readonly website?: string };
  readonly once: string;
}) => Promise<unknown>;

export interface CreatedClients {
  /** `client` is null in a plan. */
  readonly created: readonly {
    readonly organization: string;
    readonly name: string;
    readonly client: number | null;
  }[];
  /** Halo has a client that each may be. */
  readonly skipped: readonly {
    readonly organization: string;
    readonly client: number;
    readonly name: string;
  }[];
  readonly failed: readonly { readonly organization: string; readonly reason: string }[];
  /** Organizations beyond the limit. */
  readonly remaining: number;
}

/** Runs side by side; Halo takes one after the other anyway. */
const AT_A_TIME = 4;

/**
 * The connection's owner itself is left out: it is the MSP. Halo is asked anew whom it has.
 *
 * @param creator asked when there is somebody to create; what it throws is thrown
 * @throws NotFoundError when an organization is named that is not at or below the connection's owner
 */
export async function createClients(
  asking: Asking,
  creator: () => Promise<CreateClient>,
  options: CreatingClients,
): Promise<CreatedClients> {
  const { store, principal, connection, signal } = asking;
  const on = await reach(store.db, principal, connection);
  const below = await mappable(store.db, on);
  refuseStrangers(below, options, on.id);
  const { rows } = await readClients(asking, connection, { refresh: true, ...(signal ? { signal } : {}) });
  const mapped = await mappingsOf(store.db, connection);
  const enabled = await store.db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.enabled, true));
  const runs = new Set(enabled.map(({ slug }) => slug));
  const open = below.filter(
    (one) =>
      one.slug !== on.organization && !mapped.has(one.slug) && runs.has(one.slug) && passes(one, options),
  );
  // Inactive and mapped ones too: a second client of the same name is never meant.
  const alike = new Map(
    suggest(rows, open)
      .filter(({ exact }) => exact)
      .toReversed()
      .map(({ organization, client }) => [organization.slug, client]),
  );
  const earlier = await createdBefore(asking, open);
  const isNew = ({ slug }: Mappable): boolean => !alike.has(slug) || earlier.has(slug);
  const wanted = open.filter(isNew);
  const some = wanted.slice(0, options.limit);
  const skipped = open
    .filter((one) => !isNew(one))
    .flatMap(({ slug }) => {
      const client = alike.get(slug);
      return client ? [{ organization: slug, client: client.id, name: client.name }] : [];
    });
  const remaining = wanted.length - some.length;
  if (options.plan === true) {
    const created = some.map(({ slug, name }) => ({ organization: slug, name, client: null }));
    return { created, skipped, failed: [], remaining };
  }
  if (some.length === 0) return { created: [], skipped, failed: [], remaining };
  return { ...(await createAll(asking, await creator(), some)), skipped, remaining };
}

/** Who names an organization wants its client, and not to read that none was created. */
function refuseStrangers(
  below: readonly Mappable[],
  { organizations: named = [] }: CreatingClients,
  connection: string,
): void {
  const known = new Set(below.map(({ slug }) => slug));
  const strangers = named.filter((slug) => !known.has(slug));
  if (strangers.length === 0) return;
  throw new NotFoundError(
    `at and below the owner of ${connection} there is no organization ${strangers.join(', ')}: check the slugs`,
    { details: { field: 'body.organizations' } },
  );
}

function passes({ slug, tags }: Mappable, wanted: CreatingClients): boolean {
  if (wanted.organizations !== undefined && !wanted.organizations.includes(slug)) return false;
  return wanted.tags === undefined || wanted.tags.some((tag) => tags.includes(tag));
}

/** One organization is one client, whoever tries and however often. */
const keyOf = (slug: string): string => `organization/${slug}`;

/** Those whose client an earlier try has sent: their own client must not keep them from it. */
async function createdBefore(
  { store, connection }: Asking,
  open: readonly Mappable[],
): Promise<ReadonlySet<string>> {
  const keys = new Map(open.map(({ slug }) => [keyOf(slug), slug]));
  if (keys.size === 0) return new Set();
  const rows = await store.db
    .select({ once: writes.once })
    .from(writes)
    .where(and(eq(writes.connection, connection), inArray(writes.once, [...keys.keys()])));
  return new Set(rows.flatMap(({ once }) => keys.get(once ?? '') ?? []));
}

async function createAll(
  asking: Asking,
  create: CreateClient,
  some: readonly Mappable[],
): Promise<Pick<CreatedClients, 'created' | 'failed'>> {
  const created: CreatedClients['created'][number][] = [];
  const failed: CreatedClients['failed'][number][] = [];
  const waiting = some.values();
  const take = async (): Promise<void> => {
    for (const one of waiting) {
      if (asking.signal?.aborted) return;
      try {
        created.push(await createOne(asking, create, one));
      } catch (error) {
        failed.push({ organization: one.slug, reason: (error as Error).message });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, take));
  if (created.length > 0) await forgetClients(asking.store.db, asking.connection);
  return { created, failed };
}

async function createOne(
  asking: Asking,
  create: CreateClient,
  { slug, name, domain }: Mappable,
): Promise<CreatedClients['created'][number]> {
  const website = domainOf(domain);
  const client = await undertake(asking.store, asking.principal, {
    action: 'mappings.create-clients',
    object: `mapping ${asking.connection}/${slug}`,
    organization: slug,
    after: { name },
    async work() {
      const record = await create({
        input: { name, ...(website === null ? {} : { website: `https://${website}` }) },
        once: keyOf(slug),
      });
      const id = idOf(record);
      if (id === null) throw new Error('Halo has answered the new client without its id');
      return id;
    },
    tell: (id) => ({ client: id }),
  });
  await setMapping(asking, { organization: slug, client });
  return { organization: slug, name, client };
}
