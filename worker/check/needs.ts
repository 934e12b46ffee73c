/** The least that a connection needs for what uses it: scopes to tick, rights of the agent. */
import { findAction } from '../../actions/index.ts';
import type { Action } from '../../actions/types.ts';
import { areaOf, covers, scopesFor } from '../../halo/scopes.ts';
import type { Needs } from '../../organizations/checkReport.ts';
import { isAtOrBelow } from '../../organizations/tree.ts';
import { findConnection } from '../../organizations/resolve.ts';
import type { Configuration, Connection } from '../../organizations/types.ts';
import { organizationsIn } from '../../organizations/runFor.ts';
import { connectionOf } from '../../triggers/registry.ts';
import type { Trigger } from '../../triggers/types.ts';
import { actionsOf } from './workflowActions.ts';

type Wanted = { readonly path: string; readonly write: boolean; readonly because: string };

/** What haloflow itself reads of every connection. */
const ALWAYS: readonly Wanted[] = [
  { path: '/Tickets', write: false, because: 'new tickets' },
  { path: '/Client', write: false, because: 'mappings' },
  { path: '/Team', write: false, because: 'teams that tickets name' },
];

/** What most workflows do, where there is none yet to go by. */
const USUALLY: readonly Wanted[] = [
  { path: '/Tickets', write: true, because: 'no workflow is in use yet; most change tickets' },
];

const SOURCES: Partial<Record<Trigger['type'], readonly string[]>> = {
  'new-ticket-record': ['/Tickets'],
  'halo-event': ['/Webhook', '/Notification', '/Tickets'],
};

const HIDDEN = 'a trigger of an organization that you cannot see';

export interface Using {
  readonly configuration: Configuration;
  readonly triggers: readonly Trigger[];
  readonly connection: Connection;
  /** The root of the organizations whose triggers are named; null: all. */
  readonly reach: string | null;
}

/** What is needed, before it is known what was granted. */
export interface Demand {
  readonly wanted: readonly Wanted[];
  readonly triggers: Needs['triggers'];
  readonly unseen: readonly string[];
}

/** Goes by the enabled triggers, and by the actions in the source of their workflows. */
export async function demandOf({ configuration, triggers, connection, reach }: Using): Promise<Demand> {
  const isSeen = ({ organization }: Trigger): boolean =>
    reach === null || isAtOrBelow(configuration, organization, reach);
  const enabled = triggers.filter(
    (trigger) =>
      trigger.enabled &&
      configuration.organizations.some(({ slug, enabled: on }) => slug === trigger.organization && on),
  );
  const sources = enabled.filter(
    (trigger) => SOURCES[trigger.type] && connectionOf(configuration, trigger) === connection.id,
  );
  const running = enabled.filter((trigger) => runsOn(configuration, trigger, connection));
  const workflows = [...new Set(running.map(({ workflow }) => workflow))].sort();
  const found = await Promise.all(
    workflows.map(async (workflow) => ({ workflow, ...(await actionsOf(workflow)) })),
  );
  const fromWorkflows = found.flatMap(({ workflow, actions }) =>
    actions.flatMap((id) => wantedBy(id, `${workflow}: ${id}`)),
  );
  const fromSources = sources.flatMap((trigger) =>
    pathsOf(trigger).map((path) => ({
      path,
      write: path !== '/Tickets',
      because: isSeen(trigger) ? `trigger ${trigger.id}` : HIDDEN,
    })),
  );
  const isIdle = running.length === 0 && sources.length === 0;
  return {
    wanted: [...ALWAYS, ...(isIdle ? USUALLY : []), ...fromSources, ...fromWorkflows],
    triggers: [...new Set([...sources, ...running])]
      .filter(isSeen)
      .map(({ id, workflow }) => ({ trigger: id, workflow })),
    unseen: [
      ...found.flatMap(({ unseen }) => unseen),
      'runs that are started by hand, and what is called below another organization (halo.as)',
    ],
  };
}

function pathsOf({ type, parameters }: Trigger): readonly string[] {
  const also = parameters['webhook'] === true ? ['/Webhook', '/Notification'] : [];
  return [...(SOURCES[type] ?? []), ...also];
}

/** Whether one of its runs would find the connection by itself. */
function runsOn(configuration: Configuration, trigger: Trigger, { id }: Connection): boolean {
  const { organization: owner, runAs, overrides } = trigger;
  const others = runAs === 'client' || trigger.type === 'cron' || trigger.type === 'webhook';
  const organizations = [
    owner,
    ...(others ? organizationsIn(configuration, trigger).map(({ slug }) => slug) : []),
  ];
  return organizations.some(
    (organization) =>
      findConnection(configuration, { organization, owner, triggerOverride: overrides.halo })?.id === id,
  );
}

/** An action, and the list that a lost write of it is looked for in. */
function wantedBy(id: string, because: string): Wanted[] {
  const action = findAction(id);
  if (!action || action.path === '*') return [];
  const look = action.reconcile ? findAction(action.reconcile.list) : undefined;
  return [
    { path: action.path, write: isWrite(action), because },
    ...(look ? [{ path: look.path, write: false, because }] : []),
  ];
}

const isWrite = ({ effect }: Action): boolean => effect !== 'read';

/** The demand as a list to tick; `granted` null: Halo did not say. */
export function needsOf(demand: Demand, granted: readonly string[] | null): Needs {
  const scopes = new Map<string, Set<string>>();
  const rights = new Set<string>();
  const unseen = new Set(demand.unseen);
  for (const { path, write, because } of demand.wanted) {
    const needed = scopesFor(path, write);
    for (const scope of needed) scopes.set(scope, (scopes.get(scope) ?? new Set()).add(because));
    if (needed.length === 0) unseen.add(`which scope ${path} needs (${because})`);
    const area = areaOf(path);
    if (area !== null && area !== 'teams') rights.add(`${write ? 'change' : 'view'} ${area}`);
  }
  return {
    scopes: [...scopes]
      .map(([scope, because]) => ({
        scope,
        granted: granted === null ? null : covers(granted, scope),
        because: [...because],
      }))
      .toSorted((a, b) => a.scope.localeCompare(b.scope)),
    rights: [
      ...[...rights].sort(),
      'membership of every team whose tickets it is to see',
      'use of all customers ("Allow use of all Customers")',
    ],
    triggers: demand.triggers,
    unseen: [...unseen],
  };
}

/** Whether a change of tickets is among it. */
export const changesTickets = ({ wanted }: Demand): boolean =>
  wanted.some(({ path, write }) => write && areaOf(path) === 'tickets');
