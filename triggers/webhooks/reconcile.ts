/** Makes Halo's webhooks match the triggers: one for each connection on which a trigger listens, and none elsewhere. */
import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { HaloNotFoundError, HaloPermissionError } from '../../errors.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import type { Configuration } from '../../organizations/types.ts';
import { haloWebhooks } from '../../store/schema/triggers.ts';
import { seal, unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { timeLimit } from '../../timeLimit.ts';
import { haloEventNamed, NEW_TICKET_LOGGED } from '../catalogue/haloEvents.ts';
import type { HaloPort } from '../haloPort.ts';
import { connectionOf } from '../registry.ts';
import type { TriggerReader } from '../registry.ts';
import type { HaloEventParameters, NewTicketRecordParameters, Trigger } from '../types.ts';
import { latestOnly } from '../latestOnly.ts';
import { haloSide, simplified } from './haloSide.ts';
import type { HaloSide, HaloWebhook } from './haloSide.ts';
import { haloWebhookUrl } from './urls.ts';

export interface HaloWebhookParts {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly halo: HaloPort;
  /** What URLs that are given to others start with. */
  readonly publicUrl: string;
}

type Row = typeof haloWebhooks.$inferSelect;

/**
 * While nothing changes: one request for each connection, with every full pass. What is not delivered meanwhile is
 * lost.
 */
const LOOK_EVERY_MS = 45_000;
const NUMBERS_KEPT_MS = 3_600_000;
/** The time limit for one connection in a call; the others do not wait for it. */
const PATIENCE_MS = 20_000;

interface Seen {
  /** What was wanted at the last look that went well. */
  wanted: string;
  at: number;
  numbers: { readonly of: ReadonlyMap<string, number>; readonly at: number } | null;
}

/** Called repeatedly, by one process at a time, also while earlier calls are under way. */
export type HaloWebhookReconciler = (signal?: AbortSignal) => Promise<void>;

/**
 * Returns a function that reconciles the webhooks. A failure on a connection is stored in its row's `error` and retried
 * with the next call; the function throws only what Postgres throws.
 */
export function haloWebhookReconciler(parts: HaloWebhookParts): HaloWebhookReconciler {
  const seen = new Map<string, Seen>();
  const oneAfterTheOther = latestOnly();
  return async (signal) => {
    const configuration = await parts.configuration.current();
    const wanted = wantedEvents(configuration, await parts.triggers.at(configuration.version));
    const rows = await parts.store.db.select().from(haloWebhooks);
    const kept = rows.filter(({ webhook, error }) => webhook !== null || error !== null);
    // One that is disabled keeps its webhook as it is: what is delivered meanwhile waits.
    const isAsked = (connection: string): boolean =>
      configuration.connections.find(({ id }) => id === connection)?.enabled !== false;
    const connections = new Set([...wanted.keys(), ...kept.map(({ connection }) => connection)]);
    await Promise.all(
      [...connections].filter(isAsked).map(async (connection) => {
        const events = wanted.get(connection) ?? new Set<string>();
        const last = seen.get(connection) ?? { wanted: '', at: -Infinity, numbers: null };
        seen.set(connection, last);
        await oneAfterTheOther(connection, () =>
          match(parts, { configuration, connection, events, last, signal }),
        );
      }),
    );
  };
}

/** Names of the events that enabled triggers listen to, by connection. */
function wantedEvents(configuration: Configuration, triggers: readonly Trigger[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  const enabled = new Set(
    configuration.organizations.flatMap(({ slug, enabled }) => (enabled ? [slug] : [])),
  );
  for (const trigger of triggers) {
    const connection = connectionOf(configuration, trigger);
    if (connection === null || !trigger.enabled || !enabled.has(trigger.organization)) continue;
    const names = eventsOf(trigger);
    if (names.length > 0) wanted.set(connection, new Set([...(wanted.get(connection) ?? []), ...names]));
  }
  return wanted;
}

function eventsOf({ type, parameters }: Trigger): readonly string[] {
  if (type === 'halo-event') return (parameters as unknown as HaloEventParameters).events;
  const { webhook } = parameters as unknown as NewTicketRecordParameters;
  return type === 'new-ticket-record' && webhook ? [NEW_TICKET_LOGGED.name] : [];
}

interface Matching {
  readonly configuration: Configuration;
  readonly connection: string;
  /** Names; none when nobody listens. */
  readonly events: ReadonlySet<string>;
  readonly last: Seen;
  readonly signal: AbortSignal | undefined;
}

async function match(parts: HaloWebhookParts, matching: Matching): Promise<void> {
  const { connection, events, last, signal } = matching;
  const wanted = JSON.stringify([parts.publicUrl, [...events].toSorted(byText)]);
  if (last.wanted === wanted && Date.now() - last.at < LOOK_EVERY_MS) return;
  const row = await rowFor(parts.store, connection);
  const secret = await unseal(parts.store.key, row.sealedSecret);
  const halo = haloSide(parts.halo, connection, timeLimit(PATIENCE_MS, signal));
  const changed: Partial<Row> = {};
  let error: string | null;
  try {
    error =
      events.size === 0
        ? await removeAll(halo, { row, secret, changed })
        : await makeMatch(halo, { ...matching, row, secret, changed, publicUrl: parts.publicUrl });
    if (error === null) Object.assign(last, { wanted, at: Date.now() });
  } catch (failure) {
    // That this process stops says nothing about the connection.
    error = signal?.aborted ? row.error : explain(failure, connection).replaceAll(secret, '***');
  }
  await parts.store.db
    .update(haloWebhooks)
    .set({ ...changed, checkedAt: sql`now()`, error })
    .where(eq(haloWebhooks.connection, connection));
}

async function rowFor({ db, key }: Store, connection: string): Promise<Row> {
  const sealedSecret = await seal(key, randomBytes(32).toString('base64url'));
  await db.insert(haloWebhooks).values({ connection, sealedSecret }).onConflictDoNothing();
  const [row] = await db.select().from(haloWebhooks).where(eq(haloWebhooks.connection, connection));
  if (!row) throw new Error(`the webhook of connection ${connection} is neither new nor there`);
  return row;
}

interface Known {
  readonly row: Row;
  readonly secret: string;
  /** Filled in as things change in Halo, so that a later failure does not forget them. */
  readonly changed: Partial<Row>;
}

/**
 * The kept one first, then those that a lost reply left: their name tells them from what people, and other installations,
 * have set up, whatever their URLs are by now.
 */
function ours(webhooks: readonly HaloWebhook[], { row, secret }: Known): HaloWebhook[] {
  const name = nameOf(row.connection, secret);
  const isKept = ({ id }: HaloWebhook): boolean => id.toLowerCase() === row.webhook?.toLowerCase();
  const kept = webhooks.filter(isKept);
  return [...kept, ...webhooks.filter((webhook) => webhook.name === name && !isKept(webhook))];
}

function nameOf(connection: string, secret: string): string {
  return `haloflow ${connection} ${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
}

async function removeAll(halo: HaloSide, known: Known): Promise<null> {
  for (const { id } of ours(await halo.webhooks(), known)) await gone(halo.remove(id));
  Object.assign(known.changed, { webhook: null, events: [] });
  return null;
}

/** Returns what only a person can put right; throws what may pass. */
async function makeMatch(
  halo: HaloSide,
  known: Known & Matching & { readonly publicUrl: string },
): Promise<string | null> {
  const { row, secret, changed, connection, publicUrl } = known;
  const unreachable = outOfReach(known);
  if (unreachable !== null) return unreachable;
  const wanted = {
    name: nameOf(connection, secret),
    url: haloWebhookUrl(publicUrl, connection, secret),
  };
  const [first, ...copies] = ours(await halo.webhooks(), known);
  for (const { id } of copies) await gone(halo.remove(id));
  const isWhole = first !== undefined && first.active && first.url === wanted.url;
  const webhook = first ?? (await halo.create(wanted));
  if (first && !isWhole) await halo.repair(first.id, wanted);
  Object.assign(changed, {
    webhook: webhook.id,
    ...(!isWhole && row.webhook !== null ? { repairs: row.repairs + 1 } : {}),
  });
  return await bindEvents(halo, webhook, known);
}

async function bindEvents(
  halo: HaloSide,
  webhook: HaloWebhook,
  { connection, events, last, changed }: Known & Matching,
): Promise<string | null> {
  const { numbers, missing } = await numbersOf(halo, events, last);
  const bound = new Set(webhook.events);
  if (bound.size !== webhook.events.length || !sameNumbers(bound, numbers)) {
    const bindings = await halo.bindings(webhook.id);
    for (const number of numbers) {
      if (!bindings.some(({ event }) => event === number)) await halo.bind(webhook.id, number);
    }
    for (const [index, { id, event }] of bindings.entries()) {
      const isCopy = bindings.findIndex((other) => other.event === event) < index;
      if (isCopy || !numbers.has(event)) await gone(halo.unbind(id));
    }
  }
  Object.assign(changed, { events: [...numbers].toSorted((one, other) => one - other) });
  if (missing.length === 0) return null;
  return (
    `the Halo of connection ${connection} knows no event named ${missing.join(', ')} (lookup 64): triggers that listen ` +
    'to it will not hear of it'
  );
}

async function numbersOf(
  halo: HaloSide,
  events: ReadonlySet<string>,
  last: Seen,
): Promise<{ readonly numbers: ReadonlySet<number>; readonly missing: readonly string[] }> {
  const kept = last.numbers;
  const isFresh = kept !== null && Date.now() - kept.at < NUMBERS_KEPT_MS;
  const known = isFresh ? kept : { of: await halo.eventNumbers(), at: Date.now() };
  last.numbers = known;
  const found = [...events].map((name) => {
    const spellings = [name, ...(haloEventNamed(name)?.also ?? [])];
    return [
      name,
      spellings.map((each) => known.of.get(simplified(each))).find((each) => each !== undefined),
    ] as const;
  });
  return {
    numbers: new Set(found.flatMap(([, number]) => number ?? [])),
    missing: found.flatMap(([name, number]) => (number === undefined ? [name] : [])),
  };
}

/** Halo calls from where it runs. */
function outOfReach({
  configuration,
  connection,
  publicUrl,
}: Matching & { publicUrl: string }): string | null {
  const server = configuration.connections.find(({ id }) => id === connection)?.resourceServer;
  if (server === undefined || !isLocal(publicUrl) || isLocal(server)) return null;
  return (
    `the Halo of connection ${connection} cannot call ${publicUrl}, which is this machine only: set HALOFLOW_PUBLIC_URL ` +
    'to the address at which Halo reaches the API of haloflow, and start haloflow again'
  );
}

const isLocal = (url: string): boolean => /^(127(\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);

function explain(failure: unknown, connection: string): string {
  const { name, message } = failure as Error;
  const remedy =
    failure instanceof HaloPermissionError
      ? `. To make and repair webhooks, the API application of connection ${connection} needs the scope admin:webhooks`
      : '';
  return `${name}: ${message}${remedy}`;
}

/** What is not there any more is as good as removed. */
async function gone(removal: Promise<void>): Promise<void> {
  await removal.catch((failure: unknown) => {
    if (!(failure instanceof HaloNotFoundError)) throw failure;
  });
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const sameNumbers = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
  one.size === other.size && [...one].every((number) => other.has(number));
