/** Plans and applies a configuration file. */
import { sql } from 'drizzle-orm';
import { ConfigurationError } from '../../errors.ts';
import { alone } from '../../organizations/changing.ts';
import { configurationIn } from '../../organizations/configuration.ts';
import { asksAnotherHost, haloNamed, sayHalo } from '../../organizations/haloHosts.ts';
import type { Configuration, UnsealedConnection } from '../../organizations/types.ts';
import { connections, mappings, organizations } from '../../store/schema/configuration.ts';
import { ignoredClients, variables } from '../../store/schema/control.ts';
import { triggers } from '../../store/schema/triggers.ts';
import type { Store } from '../../store/store.ts';
import { returnsOf } from '../../triggers/feeds/returns.ts';
import { problemsError } from '../file/problems.ts';
import type { Problem } from '../file/problems.ts';
import { readContent } from '../file/read.ts';
import type { FileContent } from '../file/read.ts';
import type { ConfigurationFile } from '../file/scope.ts';
import { resolveNames } from '../options/resolveNames.ts';
import type { FoundName } from '../options/resolveNames.ts';
import { checkContent, checkLeaving } from './check.ts';
import { checkNames } from './checkNames.ts';
import { checkTriggers } from './checkTriggers.ts';
import { consequencesOf } from './consequences.ts';
import type { State } from './consequences.ts';
import { passedOver } from './passedOver.ts';
import { comparePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { configurationAfter, readRows, settle, splitRows, variableId } from './rows.ts';
import type { Database, Desired, Origin, Rows } from './rows.ts';
import { lostSecretsOf, unsealOrNull } from './secrets.ts';
import { writePlan } from './write.ts';

/**
 * What applying the file would change; changes nothing, and refuses what applying refuses.
 * @throws ConfigurationError that lists every problem of the file with its place (`details.problems`).
 */
export async function planFile(
  store: Store,
  source: ConfigurationFile,
  said: Pick<ApplyOptions, 'sameHalo' | 'recognise'> = {},
): Promise<Plan> {
  const read = await readFile(store, source);
  await recogniseAll(store, read, { ...said, origin: 'file' });
  return (await prepareAlone(store, read, { ...said, origin: 'file' })).plan;
}

const prepareAlone = (store: Store, read: Read, applying: Applying): Promise<Prepared> =>
  store.db.transaction((tx) => prepare(tx, store, read, applying), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });

export interface ApplyOptions {
  /** Connections whose new host is the same Halo under another name; any other new host is a different Halo. */
  readonly sameHalo?: readonly string[];
  /** Compares such a connection with known records of its Halo, before anything is written; throws if they differ. */
  readonly recognise?: (connection: UnsealedConnection) => Promise<void>;
  /** Called in the transaction once everything is written; what it throws undoes it. */
  readonly onApplied?: (db: Database, plan: Plan) => Promise<void>;
}

/**
 * Brings the configuration to what the file says, in one transaction, and returns what that changed: rows of earlier
 * files that it no longer names and all of the demo's are deleted, rows made by hand stay.
 * @throws ConfigurationError that lists every problem of the file with its place; nothing is written then.
 */
export function applyFile(
  store: Store,
  source: ConfigurationFile,
  options: ApplyOptions = {},
): Promise<Plan> {
  return apply(store, source, { ...options, origin: 'file' });
}

/**
 * Like applyFile for the demo's configuration. The caller sees to it that the database is our own.
 * @throws ConfigurationError when there is a row that is not the demo's; nothing is written then.
 */
export function applyDemo(store: Store, source: ConfigurationFile): Promise<Plan> {
  return apply(store, source, { origin: 'demo' });
}

/** Whether applyDemo would be let in: there is no configuration, or only the demo's. */
export async function isEmptyOrDemo(db: Database): Promise<boolean> {
  const own = [organizations, connections, mappings, ignoredClients, variables, triggers].map(
    (table) => sql`exists (select from ${table} where ${table.origin} <> 'demo')`,
  );
  const { rows } = await db.execute<{ found: boolean }>(sql`select ${sql.join(own, sql` or `)} as found`);
  return rows[0]?.found === false;
}

interface Applying extends ApplyOptions {
  readonly origin: Origin;
}

async function apply(store: Store, source: ConfigurationFile, applying: Applying): Promise<Plan> {
  const read = await readFile(store, source);
  await recogniseAll(store, read, applying);
  return await alone(store, (tx) => applyIn(tx, store, read, applying));
}

/** @throws ConfigurationError for a connection whose host does not change, ConflictError for a host that is taken. */
async function recogniseAll(store: Store, read: Read, applying: Applying): Promise<void> {
  const { sameHalo = [], recognise } = applying;
  if (sameHalo.length === 0) return;
  const { desired, stored, configuration } = await prepareAlone(store, read, applying);
  for (const id of sameHalo) {
    const before = stored.connections.find((one) => one.id === id);
    const after = desired.connections.find((one) => one.id === id);
    if (!before || !after || !asksAnotherHost({ before, after })) {
      throw new ConfigurationError(
        `the host of connection ${id} does not change in ${read.source.file}: leave out --same-halo ${id}`,
      );
    }
    haloNamed(configuration, { before, after, isSame: true, reach: null });
    await recognise?.(after);
  }
}

async function applyIn(db: Database, store: Store, read: Read, applying: Applying): Promise<Plan> {
  const { origin, onApplied, sameHalo = [] } = applying;
  if (origin === 'demo' && !(await isEmptyOrDemo(db))) {
    throw new ConfigurationError(
      'The demo configuration is only loaded where there is no other: this database holds organizations, ' +
        'connections, mappings, ignored clients, variables or triggers of your own.',
    );
  }
  const { plan, desired, stored, configuration } = await prepare(db, store, read, applying);
  if (plan.items.length === 0) return plan;
  for (const before of configuration.connections) {
    const after = desired.connections.find(({ id }) => id === before.id);
    const isSame = sameHalo.includes(before.id) ? true : undefined;
    if (after) await sayHalo(db, configuration, { before, after, isSame, reach: null });
  }
  await writePlan(db, { plan, desired, stored, origin, key: store.key });
  await onApplied?.(db, plan);
  return plan;
}

interface Prepared {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly stored: Rows;
  /** As it is before the file is applied. */
  readonly configuration: Configuration;
}

/** What can be known before the database is asked. */
interface Read {
  readonly source: ConfigurationFile;
  readonly content: FileContent;
  /** Null when nobody asks for them, or their code does not compile, which is a problem then. */
  readonly workflows: readonly string[] | null;
  readonly problems: readonly Problem[];
  /** What its names stand for. */
  readonly found: readonly FoundName[];
}

async function readFile(store: Store, source: ConfigurationFile): Promise<Read> {
  const named = readContent(source);
  const { content, problems: nameless, found } = await resolveNames(store, named, source.optionsOf);
  const problems = [...content.problems, ...nameless];
  try {
    const workflows = content.triggers.length === 0 ? null : await source.workflowNames();
    // A worker takes all or none of them, whether a trigger names one or not.
    if (problems.length === 0) await source.checkWorkflows?.();
    return { source, content, workflows, problems, found };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const section = content.triggers.length === 0 ? 'workflows' : 'triggers';
    const place = content.triggers.length === 0 ? source.file : content.placeOf('triggers');
    const problem = { place, message: `${section}: ${error.message}` };
    return { source, content, workflows: null, problems: [...problems, problem], found };
  }
}

async function prepare(
  db: Database,
  { key }: Store,
  { source, content, workflows, problems: faults, found }: Read,
  { origin, sameHalo = [] }: Applying,
): Promise<Prepared> {
  const stored = await readRows(db);
  const { staying, leaving } = splitRows(content, stored);
  const problems = content.isReadable
    ? [
        ...faults,
        ...checkContent(content, staying),
        ...checkTriggers(content, staying, workflows, leaving),
        ...checkLeaving(source.file, staying, leaving),
      ]
    : faults;
  if (problems.length > 0) throw problemsError(source.file, problems);

  const configuration = await configurationIn(db);
  const desired = settle(content, staying);
  const [before, after] = [stateOf(stored), stateAfter(desired, staying)];
  const { problems: lost, effects } =
    origin === 'file'
      ? consequencesOf(content, before, after, {
          sameHalo: new Set(sameHalo),
          returns: await returnsOf(db, configuration, desired.connections),
        })
      : { problems: [], effects: [] };
  const broken =
    origin === 'file'
      ? [
          ...(await checkNames(db, content, { before, after })),
          ...passedOver(content, before, after),
          ...lost,
        ]
      : [];
  if (broken.length > 0) throw problemsError(source.file, broken);
  const secrets = new Map<string, string | null>();
  for (const { id, sealedSecret } of stored.connections) {
    secrets.set(id, await unsealOrNull(key, sealedSecret));
  }
  const variableSecrets = new Map<string, string | null>();
  for (const { sealedValue, ...row } of stored.variables) {
    if (sealedValue === null) continue;
    variableSecrets.set(variableId(row), await unsealOrNull(key, sealedValue));
  }
  const lostSecrets = await lostSecretsOf(key, stored.triggers);
  const { isHidden } = content;
  const { items } = comparePlan({
    desired,
    stored,
    leaving,
    origin,
    secrets,
    variableSecrets,
    lostSecrets,
    isHidden,
  });
  const named = found.filter(({ kind, id }) => items.some((item) => item.kind === kind && item.id === id));
  const ids = new Set(named.map(({ said }) => said));
  return { plan: { items, effects: [...effects, ...ids] }, desired, stored, configuration };
}

const stateOf = (rows: Rows): State => ({ version: 0, ...rows });

const stateAfter = (desired: Desired, staying: Rows): State => ({
  ...configurationAfter(desired, staying),
  triggers: [...desired.triggers, ...staying.triggers],
});
