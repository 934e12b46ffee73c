/**
 * Hides from a token what belongs to organizations above its own, in documents that the token may read: runs that were
 * started from above for its organizations, events of those triggers, and audit lines.
 */
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { AuditRow } from '../../access/audit.ts';
import { LOCAL, within } from '../../access/principal.ts';
import type { Principal } from '../../access/principal.ts';
import type { Token } from '../../access/tokens.ts';
import { auditLog } from '../../store/schema/access.ts';
import type { Store } from '../../store/store.ts';
import type { Change } from '../../triggers/show/changes.ts';
import type { EventDocument } from '../../triggers/show/events.ts';
import type { CallDocument, RunDetailsDocument, RunDocument, ShownError } from '../../triggers/show/runs.ts';

/** Shown instead of names, as in explanations. */
const ABOVE = {
  organization: 'an organization above',
  connection: 'a connection of an organization above',
  trigger: 'a trigger of an organization above',
  actor: 'somebody above',
  text: 'hidden: it belongs to an organization above',
} as const;

/** A run as it is shown: its workflow id may be hidden. */
type MaskedRun = Omit<RunDocument, 'workflowId'> & { readonly workflowId: string | null };

export interface Mask {
  run(document: RunDocument): MaskedRun;
  details(document: RunDetailsDocument): object;
  event(document: EventDocument): EventDocument;
  change(change: Change): Pick<Change, 'type' | 'mark'> & { readonly document: object };
  audit(row: AuditRow): AuditRow;
  token(token: Token): Token;
  organization<Row extends { readonly parent: string | null }>(row: Row): Row;
  /** Whether a filter may name this trigger, which may be deleted. */
  knowsTrigger(id: string): boolean;
  /** The SQL condition under which a search by object may find an audit line. */
  readonly findable: SQL | undefined;
}

/** Slugs and ids within reach, including those of deleted rows. */
interface Reached {
  readonly organizations: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
  readonly triggers: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
}

const NOTHING_HIDDEN: Mask = {
  run: (document) => document,
  details: (document) => document,
  event: (document) => document,
  change: (change) => change,
  audit: (row) => row,
  token: (token) => token,
  organization: (row) => row,
  knowsTrigger: () => true,
  findable: undefined,
};

/** The mask for a principal; one for the whole installation hides nothing. */
export async function maskFor(store: Pick<Store, 'db'>, principal: Principal): Promise<Mask> {
  return principal.organization === null ? NOTHING_HIDDEN : maskOf(await reachedBy(store, principal));
}

async function reachedBy({ db }: Pick<Store, 'db'>, principal: Principal): Promise<Reached> {
  const mine = (column: string): SQL => within(principal, sql.raw(column));
  const { rows } = await db.execute<{ kind: string; name: string }>(sql`
    select 'organization' as kind, slug as name from organizations where ${mine('slug')}
    union all select 'connection', id from connections where ${mine('organization')}
    union all select 'trigger', id from triggers where ${mine('organization')}
    union all select kind, name from past_names p where ${principal.organization} = any(holders)
      and not exists (select from organizations where p.kind = 'organization' and slug = name)
      and not exists (select from connections where p.kind = 'connection' and id = name)
      and not exists (select from triggers where p.kind = 'trigger' and id = name)
    union all select 'actor', id from api_tokens where ${mine('organization')}`);
  const of = (kind: string): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.kind === kind).map(({ name }) => name));
  return {
    organizations: of('organization'),
    connections: of('connection'),
    triggers: of('trigger'),
    actors: new Set([...of('actor'), principal.actor, LOCAL.actor]),
  };
}

function maskOf(reached: Reached): Mask {
  const { organizations, connections, actors } = reached;
  const knowsTrigger = (id: string): boolean =>
    reached.triggers.has(id) || (id.startsWith('halo/') && connections.has(id.slice('halo/'.length)));
  const isAbove = ({ owner }: Pick<RunDocument, 'owner'>): boolean => !organizations.has(owner);
  const connectionOf = <Id extends string | null>(id: Id): Id | typeof ABOVE.connection =>
    id === null || connections.has(id) ? id : ABOVE.connection;

  const run = (document: RunDocument): MaskedRun =>
    isAbove(document)
      ? {
          ...document,
          owner: ABOVE.organization,
          trigger: document.trigger && ABOVE.trigger,
          workflowId: null,
          error: errorOf(document.error),
        }
      : document;
  const call = <Shown extends Pick<CallDocument, 'connection' | 'because'>>(document: Shown): Shown => ({
    ...document,
    connection: connectionOf(document.connection),
    because: null,
  });
  const details = (document: RunDetailsDocument): object => {
    const hidden = isAbove(document.run);
    const isHidden = ({ connection }: Pick<CallDocument, 'connection'>): boolean =>
      hidden || connection !== connectionOf(connection);
    return {
      ...document,
      run: hidden
        ? {
            ...document.run,
            ...run(document.run),
            eventKey: document.run.eventKey && keyOf(document.run.eventKey),
            firedBy: null,
            overrides: {},
            input: null,
            result: null,
            resultKnown: false,
          }
        : document.run,
      actions: document.actions.map((one) =>
        isHidden(one)
          ? { ...call(one), errors: one.errors.map((error) => ({ ...error, message: ABOVE.text })) }
          : one,
      ),
      calls: document.calls.map((one) =>
        isHidden(one) ? { ...call(one), result: null, error: errorOf(one.error) } : one,
      ),
      pending: hidden
        ? document.pending.map((one) => ({ ...one, lastError: one.lastError && ABOVE.text }))
        : document.pending,
    };
  };
  const event = (document: EventDocument): EventDocument => ({
    ...document,
    connection: connectionOf(document.connection),
    ...(knowsTrigger(document.trigger)
      ? {}
      : {
          trigger: ABOVE.trigger,
          key: keyOf(document.key),
          reason: document.reason && ABOVE.text,
          outcome: null,
          workflowId: null,
          firedBy: null,
        }),
  });
  return {
    run,
    details,
    event,
    change: (change) =>
      change.type === 'run'
        ? { ...change, document: run(change.document) }
        : { ...change, document: event(change.document) },
    audit: (row) => auditOf(row, { ...reached, knowsTrigger }),
    token: (token) => ({ ...token, createdBy: actors.has(token.createdBy) ? token.createdBy : ABOVE.actor }),
    organization: (row) =>
      row.parent === null || organizations.has(row.parent) ? row : { ...row, parent: null },
    knowsTrigger,
    findable: findableIn(reached),
  };
}

const errorOf = (error: ShownError | null): ShownError | null =>
  error && { type: error.type, message: ABOVE.text };

/** Keys made of Halo's ids, times or our own ids reveal nothing; keys that senders choose may. */
const PLAIN_KEY = /^[a-z]+\/[\dA-Fa-f:.TZ+-]+(\/again\/\d+)?$/;

const keyOf = (key: string): string =>
  PLAIN_KEY.test(key) ? key : `${key.split('/')[0] === key ? '' : key.split('/')[0]}/…`;

/** `mapping northwind-halo/acme`: what a line is about, and the connection or trigger in it. */
const OBJECT =
  /^(mapping|ignored client|client|connection|trigger|organization|variable|token) ([^/]+)(.*)$/s;

/** Fields of audited values that may name something above. */
const NAMING = new Set(['parent', 'owner', 'organization', 'connection', 'trigger', 'catchAll']);

function auditOf(
  row: AuditRow,
  { organizations, connections, actors, knowsTrigger }: Reached & Pick<Mask, 'knowsTrigger'>,
): AuditRow {
  const [, kind, name = '', rest = ''] = OBJECT.exec(row.object) ?? [];
  const ofConnection =
    kind === 'mapping' || kind === 'client' || kind === 'ignored client' || kind === 'connection';
  const above =
    ofConnection && !connections.has(name)
      ? ABOVE.connection
      : kind === 'trigger' && !knowsTrigger(name)
        ? ABOVE.trigger
        : null;
  const actor = actors.has(row.actor) ? row.actor : ABOVE.actor;
  // Runs and actions: what was asked for there is whose authority it spent.
  const isTheirs = kind === undefined && actor !== row.actor;
  if (above !== null) return { ...row, actor, object: `${kind} ${above}${rest}`, before: null, after: null };
  if (isTheirs) return { ...row, actor, before: null, after: null };
  const seen = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([field, said]): [string, unknown] => {
      if (typeof said !== 'string' || !NAMING.has(field)) return [field, said];
      const isKnown = organizations.has(said) || connections.has(said) || knowsTrigger(said);
      return [field, isKnown ? said : field === 'parent' ? null : ABOVE.organization];
    });
    return Object.fromEntries(entries);
  };
  return { ...row, actor, before: seen(row.before), after: seen(row.after) };
}

/** Prevents a search from revealing hidden names. */
function findableIn({ connections, triggers }: Reached): SQL {
  const { object } = auditLog;
  const names = (all: ReadonlySet<string>): SQL => sql`${sql.param([...all])}::text[]`;
  const name = sql`regexp_replace(${object}, '^(mapping|ignored client|client|connection|trigger) ([^/]*).*$', '\\2')`;
  return sql`case
    when ${object} ~ '^(mapping|ignored client|client|connection) ' then ${name} = any(${names(connections)})
    when ${object} ~ '^trigger ' then ${name} = any(${names(triggers)})
    else true end`;
}
