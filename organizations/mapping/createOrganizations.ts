/** Organizations for Halo clients that are none yet: made and mapped in one step. */
import { audit } from '../../access/audit.ts';
import { othersNames, pathTo } from '../../access/names.ts';
import { subtreeHolds } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import { ConflictError } from '../../errors.ts';
import { organizations } from '../../store/schema/configuration.ts';
import { chunks } from '../../store/chunks.ts';
import { comparableName } from '../../texts.ts';
import { storable } from '../../store/text.ts';
import { insertMappings } from './accept.ts';
import { changing, mappingsOf } from './changing.ts';
import { readClients } from './clients.ts';
import { demandRoom, saidAfter } from '../limits.ts';
import { domainOf } from './normalise.ts';
import { reach, suggestible } from './reach.ts';
import type { Database, Reached } from './reach.ts';
import type { Client } from './score.ts';
import { LONGEST_PREFIX, slugFor } from './slug.ts';
import { suggest } from './suggest.ts';
import { takenClients } from './suggestions.ts';
import type { Asking } from './suggestions.ts';

export interface Creating {
  /** Default: active ones only. */
  readonly inactive?: 'exclude' | 'include' | 'only';
  /** The kind of customer, as Halo's list has it. */
  readonly type?: string;
  /** Part of the client's name. */
  readonly name?: string;
  /** These only. */
  readonly clients?: readonly number[];
  /** What they are below; default the connection's owner. */
  readonly parent?: string;
  readonly tags?: readonly string[];
  /** Also where an organization seems to be the client already. */
  readonly anyway?: boolean;
  readonly refresh?: boolean;
  readonly plan?: boolean;
}

export interface Created {
  readonly created: readonly {
    readonly organization: string;
    readonly name: string;
    readonly client: number;
  }[];
  /** An organization is there that each may be. */
  readonly skipped: readonly {
    readonly client: number;
    readonly name: string;
    readonly organization: string;
    readonly score: number;
  }[];
  /** Of those asked for by their ids, the ones that Halo does not list; left out where it lists all. */
  readonly unknown?: readonly number[];
}

/** What is this much alike is to be accepted, not made a second time. */
const ALIKE = 0.9;
/** Each is committed by itself: who is interrupted goes on where that was. */
const AT_A_TIME = 200;

/** @throws NotFoundError when the parent is not at or below the connection's owner. */
export async function createOrganizations(asking: Asking, options: Creating): Promise<Created> {
  const { store, principal, connection, signal } = asking;
  const on = await reach(store.db, principal, connection);
  const parent = options.parent ?? on.organization;
  await parentHolds(store, principal, on, parent);
  const { rows } = await readClients(asking, connection, {
    refresh: options.refresh === true,
    ...(signal ? { signal } : {}),
  });
  const { wanted, skipped } = await choose(asking, on, rows, options);
  const ids = new Set(rows.map(({ id }) => id));
  const missing = (options.clients ?? []).filter((id) => !ids.has(id));
  const unknown = missing.length === 0 ? {} : { unknown: missing };
  await demandRoom(store.db, principal, wanted.length);
  const created: Created['created'][number][] = [];
  if (options.plan === true) {
    const slugs = await slugsBelow(store.db, principal, parent);
    for (const client of wanted) created.push(named(client, slugs));
    return { created, skipped, ...unknown };
  }
  for (let start = 0; start < wanted.length; start += AT_A_TIME) {
    signal?.throwIfAborted();
    const some = wanted.slice(start, start + AT_A_TIME);
    created.push(...(await write(asking, some, { parent, tags: options.tags ?? [] })));
  }
  return { created, skipped, ...unknown };
}

const parentHolds = (
  store: Parameters<typeof subtreeHolds>[0],
  principal: Principal,
  { organization }: Pick<Reached, 'organization'>,
  parent: string,
): Promise<void> => subtreeHolds(store, { ...principal, organization }, parent, 'body.parent');

async function choose(
  { store }: Asking,
  on: Reached,
  rows: readonly Client[],
  options: Creating,
): Promise<{ readonly wanted: readonly Client[]; readonly skipped: Created['skipped'] }> {
  const mapped = await mappingsOf(store.db, on.id);
  const taken = await takenClients(store.db, on.id, mapped);
  const open = rows.filter((client) => !taken.has(client.id) && passes(client, options));
  const free = (await suggestible(store.db, on)).filter(({ slug }) => !mapped.has(slug));
  const alike = new Map(
    (options.anyway === true ? [] : suggest(open, free))
      .filter(({ score }) => score >= ALIKE)
      // The best of each client comes last, and stays.
      .toReversed()
      .map((suggestion) => [suggestion.client.id, suggestion]),
  );
  const inOrder = open.toSorted((a, b) => a.id - b.id);
  return {
    wanted: inOrder.filter(({ id }) => !alike.has(id)),
    skipped: inOrder.flatMap(({ id, name }) => {
      const found = alike.get(id);
      return found ? [{ client: id, name, organization: found.organization.slug, score: found.score }] : [];
    }),
  };
}

function passes(client: Client, { inactive = 'exclude', type, name, clients }: Creating): boolean {
  if (inactive !== 'include' && client.inactive !== (inactive === 'only')) return false;
  if (type !== undefined && comparableName(client.type ?? '') !== comparableName(type)) return false;
  if (name !== undefined && !comparableName(client.name).includes(comparableName(name))) return false;
  return clients === undefined || clients.includes(client.id);
}

interface Slugs {
  /** The beginning of each new slug, for a token for an organization. */
  readonly prefix: string;
  /** Grows as slugs are given. */
  readonly taken: Set<string>;
}

/** Slugs that a new organization below `parent` may not use: those of others, now or before. */
async function slugsBelow(
  db: Pick<Database, 'select' | 'execute'>,
  principal: Principal,
  parent: string,
): Promise<Slugs> {
  const rows = await db.select({ slug: organizations.slug }).from(organizations);
  const past = await othersNames(db, principal, { kind: 'organization', path: await pathTo(db, parent) });
  const prefix = principal.organization === null ? '' : `${principal.organization}-`;
  if (prefix.length > LONGEST_PREFIX) {
    throw new ConflictError(
      `with a token for ${principal.organization}, new slugs begin with ${prefix}, which leaves too few of the 40 characters ` +
        'of a slug: use a token for the whole installation',
    );
  }
  return { prefix, taken: new Set([...rows.map(({ slug }) => slug), ...past]) };
}

/** Takes the slug that it gives. */
function named(client: Client, { prefix, taken }: Slugs): Created['created'][number] {
  const organization = slugFor(client, (slug) => taken.has(slug), prefix);
  taken.add(organization);
  return { organization, name: storable(oneLine(client.name), 255), client: client.id };
}

/** What Halo takes for a name may have several lines; what a configuration file takes has not. */
const oneLine = (name: string): string => name.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();

interface Placing {
  readonly parent: string;
  readonly tags: readonly string[];
}

/** Clients that were mapped or ignored in the meantime are left out. */
async function write(
  asking: Asking,
  clients: readonly Client[],
  placing: Placing,
): Promise<Created['created']> {
  return await changing(asking, async (db, on) => {
    // It may have been deleted or moved since.
    await parentHolds({ db }, asking.principal, on, placing.parent);
    const gone = await takenClients(db, on.id, await mappingsOf(db, on.id));
    const slugs = await slugsBelow(db, asking.principal, placing.parent);
    const made = clients
      .filter(({ id }) => !gone.has(id))
      .map((client) => ({ ...named(client, slugs), domain: domainOf(client.domain ?? client.website) }));
    await demandRoom(db, asking.principal, made.length);
    for (const some of chunks(made)) {
      await insertOrganizations(db, asking, some, placing);
      await insertMappings(db, asking, on.id, {
        action: 'mappings.create-organizations',
        batch: null,
        pairs: some,
      });
    }
    const answer = made.map(({ domain: _domain, ...one }) => one);
    return { changed: made.length > 0, answer };
  });
}

type Made = Created['created'][number] & { readonly domain: string | null };

async function insertOrganizations(
  db: Database,
  { principal }: Asking,
  made: readonly Made[],
  { parent, tags }: Placing,
): Promise<void> {
  const written = await db
    .insert(organizations)
    .values(
      made.map(({ organization, name, domain }) => ({
        slug: organization,
        name,
        parent,
        tags: [...tags],
        domain,
        saidBy: saidAfter({}, { name, tags, domain }, principal.organization),
        origin: 'manual' as const,
      })),
    )
    .returning();
  await audit(
    db,
    principal,
    written.map(({ slug, name, domain }) => ({
      action: 'organizations.create',
      object: `organization ${slug}`,
      organization: slug,
      after: { name, parent, tags, domain },
    })),
  );
}
