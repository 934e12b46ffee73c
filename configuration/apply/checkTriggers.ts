/** Whether the triggers of a file fit the organizations, connections and workflows that there are. */
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import type { NamedTrigger } from '../file/trigger.ts';
import { didYouMean } from '../../nearest.ts';
import { pickers } from '../../organizations/pick.ts';
import { organizationsIn } from '../../organizations/runFor.ts';
import { findOrganization, isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import { checkTriggerCycles } from './checkTriggerCycles.ts';
import { configurationAfter, settle } from './rows.ts';
import type { Rows } from './rows.ts';

/** What the checks of one trigger need. */
interface Checking {
  readonly content: FileContent;
  /** As it would be with the file applied. */
  readonly configuration: Configuration;
  readonly workflows: readonly string[] | null;
  readonly leaving: Rows | undefined;
  readonly trigger: NamedTrigger;
}

/**
 * `workflows`: the names that there are; null when they could not be found, which is a problem of its own. `leaving`:
 * the rows that the file would delete.
 */
export function checkTriggers(
  content: FileContent,
  staying: Rows,
  workflows: readonly string[] | null,
  leaving?: Rows,
): Problem[] {
  if (content.triggers.length === 0) return [];
  const configuration = configurationAfter(settle(content, staying), staying);
  return [
    ...content.triggers.flatMap((trigger) =>
      checks.flatMap((check) => check({ content, configuration, workflows, leaving, trigger })),
    ),
    ...checkTriggerCycles(content, staying.triggers, configuration),
  ];
}

const checks: readonly ((checking: Checking) => Problem[])[] = [
  checkOwner,
  checkRunFor,
  checkEnabled,
  checkConnection,
  checkOverride,
  checkWorkflows,
];

/** Values from the environment are not quoted: `shown` is said of others only. */
function problem(
  { content, trigger }: Checking,
  key: string,
  message: { readonly shown: string; readonly hidden: string },
): Problem {
  const path = `triggers.${trigger.id}.${key}`;
  const said = content.isHidden(path) ? message.hidden : message.shown;
  return { place: content.placeOf(path), message: `${path}: ${said}` };
}

function unknown(
  checking: Checking,
  key: string,
  name: { readonly kind: string; readonly said: string; readonly known: readonly string[] },
): Problem[] {
  const { kind, said, known } = name;
  // An empty one could not be read, which is a problem already.
  if (said === '' || known.includes(said)) return [];
  return [
    problem(checking, key, {
      shown: `${kind} "${said}" does not exist.${didYouMean(said, known)}`,
      hidden: `the ${kind} that the environment names does not exist.`,
    }),
  ];
}

const slugsOf = ({ organizations }: Configuration): string[] => organizations.map(({ slug }) => slug);

function checkOwner(checking: Checking): Problem[] {
  const known = slugsOf(checking.configuration);
  const said = checking.trigger.organization;
  return unknown(checking, 'organization', { kind: 'organization', said, known });
}

const isKnown = (configuration: Configuration, slug: string): boolean =>
  findOrganization(configuration, slug) !== undefined;

function checkRunFor(checking: Checking): Problem[] {
  const { configuration, trigger } = checking;
  const { organization: owner, runFor } = trigger;
  const known = slugsOf(configuration);
  const chosen = runFor.organizations.flatMap((said, index) => {
    const key = `runFor.organizations.${index + 1}`;
    const missing = unknown(checking, key, { kind: 'organization', said, known });
    if (missing.length > 0 || said === '' || !isKnown(configuration, owner)) return missing;
    if (isAtOrBelow(configuration, said, owner)) return [];
    return [
      problem(checking, key, {
        shown: `${said} is neither ${owner}, the owner, nor below it: a trigger runs for its owner and whoever is below`,
        hidden: 'the organization that the environment names is neither the owner nor below it',
      }),
    ];
  });
  const { organizations, tags, allClients } = runFor;
  if (runFor.owner || allClients || organizations.length > 0 || tags.length > 0) return chosen;
  const message = 'it holds nobody: say "owner: true", "allClients: true", or name organizations or tags';
  return [problem(checking, 'runFor', { shown: message, hidden: message })];
}

/** An enabled trigger that could start nothing is a mistake; one disabled organization among others is not. */
function checkEnabled(checking: Checking): Problem[] {
  const { configuration, trigger } = checking;
  const owner = findOrganization(configuration, trigger.organization);
  if (!trigger.enabled || !owner) return [];
  const { runFor, runAs } = trigger;
  const members = organizationsIn(configuration, trigger);
  // Of a disabled owner's trigger every event is filtered, whoever it is about.
  const running = runAs === 'owner' || !owner.enabled ? [owner] : members;
  if (running.length === 0 || running.some(({ enabled }) => enabled)) return [];
  const names = running.map(({ slug }) => slug).join(', ');
  const message = `nothing can run: ${names} ${running.length === 1 ? 'is' : 'are'} disabled. Enable ${running.length === 1 ? 'it' : 'one'}, or say "enabled: false" of the trigger`;
  const key = runFor.owner || running[0] === owner ? 'organization' : 'runFor';
  return [problem(checking, key, { shown: message, hidden: message })];
}

function checkConnection(checking: Checking): Problem[] {
  const { configuration, trigger } = checking;
  const { organization: owner, connection: said, type } = trigger;
  if (said !== null) return checkOwned(checking, 'connection', said);
  if (type === null || !isKnown(configuration, owner)) return [];
  const { source } = triggerTypes[type];
  if (source !== 'feed' && source !== 'halo') return [];
  if (configuration.connections.some(({ organization, isDefault }) => organization === owner && isDefault)) {
    return [];
  }
  const message = `${owner} has no default connection that records could come from: add one, or name the "connection" of an organization below it`;
  return [problem(checking, 'type', { shown: message, hidden: message })];
}

/** A connection of the owner, or of an organization below it: nobody spends what belongs to those above. */
function checkOwned(checking: Checking, key: string, said: string): Problem[] {
  const { configuration, trigger } = checking;
  const owner = trigger.organization;
  const known = configuration.connections.map(({ id }) => id);
  if (checking.leaving?.connections.some(({ id }) => id === said)) {
    const message = `connection "${said}" would be deleted, and ${trigger.id} still uses it: name it in the file, or let ${trigger.id} use another one`;
    return [problem(checking, key, { shown: message, hidden: 'the connection would be deleted' })];
  }
  const missing = unknown(checking, key, { kind: 'connection', said, known });
  const connection = configuration.connections.find(({ id }) => id === said);
  if (!connection || !isKnown(configuration, owner) || !isKnown(configuration, connection.organization)) {
    return missing;
  }
  if (isAtOrBelow(configuration, connection.organization, owner)) return [];
  return [
    problem(checking, key, {
      shown: `${said} belongs to ${connection.organization}, which is neither ${owner}, the owner, nor below it`,
      hidden: 'the connection that the environment names belongs neither to the owner nor to one below it',
    }),
  ];
}

function checkOverride(checking: Checking): Problem[] {
  const { configuration, trigger } = checking;
  const override = trigger.overrides.halo;
  const owner = findOrganization(configuration, trigger.organization);
  if (!override || !owner) return [];
  const { use, connection, name } = override;
  if (use === 'connection' && connection !== undefined) {
    return checkOwned(checking, 'overrides.halo.connection', connection);
  }
  if (use === 'mapping' || (use === 'name' && (name ?? '') === '') || use === 'connection') return [];
  // These two look at the owner's connections only, whoever runs.
  const finding = pickers[use]({ configuration, running: owner, owner, override });
  if (finding.kind === 'found') return [];
  if (finding.kind === 'nothing' && override.fallback === 'default') return [];
  const shown =
    finding.kind === 'refused' ? finding.message : `it looks for ${finding.looked}: ${finding.cure}`;
  const hidden = 'the name from the environment does not lead to one connection of the owner';
  return [problem(checking, `overrides.halo.${use === 'name' ? 'name' : 'use'}`, { shown, hidden })];
}

function checkWorkflows(checking: Checking): Problem[] {
  const { trigger, workflows: known } = checking;
  if (known === null) return [];
  const { parameters, type, workflow } = trigger;
  const followed =
    type === 'workflow-completed' ? (parameters['workflows'] as readonly string[] | undefined) : undefined;
  const check = (key: string, said: string): Problem[] => {
    const found = unknown(checking, key, { kind: 'workflow', said, known });
    return found.map(({ place, message }) => ({
      place,
      message: `${message}${message.includes('Did you mean') ? '' : ` Known are: ${known.join(', ')}.`}`,
    }));
  };
  return [
    ...check('workflow', workflow),
    ...(followed ?? []).flatMap((name, index) => check(`parameters.workflows.${index + 1}`, name)),
  ];
}
