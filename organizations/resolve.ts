/**
 * Whose credentials a call uses. The first level that is present decides: the override on the action, the override on
 * the trigger, then the running organization's own default connection. A level that fails is final.
 */
import { ConfigurationError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { cureMissingDefault, defaultConnection, describeMissingDefault, pickers } from './pick.ts';
import type { Search } from './pick.ts';
import { descendants, findOrganization, isAtOrBelow, pathBetween, rootOf, showPath } from './tree.ts';
import type {
  Configuration,
  Connection,
  Decision,
  Explanation,
  Organization,
  Override,
  OverrideUse,
  ResolveRequest,
  Step,
} from './types.ts';

type Level = 'action override' | 'trigger override';
type Refusal = { readonly message: string; readonly notInstalled: boolean };
type Outcome = Decision | Refusal;
type Trail = { readonly outcome: Outcome; readonly steps: readonly Step[] };

/** Every step of the decision, taken or not, and how it ended. Throws nothing: a refusal is `error`. */
export function explain(configuration: Configuration, request: ResolveRequest): Explanation {
  const { outcome, steps } = decideEnabled(configuration, request);
  return 'connection' in outcome
    ? { decision: outcome, steps, error: null }
    : { decision: null, steps, error: outcome.message };
}

/**
 * The connection a call uses, and why.
 * @throws ConfigurationError with what was looked for and the remedy; `details.notInstalled` is true where the decision
 * ended without a connection ("HaloPSA integration is not installed for …") and not with a refusal.
 */
export function resolve(configuration: Configuration, request: ResolveRequest): Decision {
  const { outcome } = decideEnabled(configuration, request);
  if ('connection' in outcome) return outcome;
  const { organization, owner } = request;
  throw new ConfigurationError(outcome.message, {
    details: { organization, owner, notInstalled: outcome.notInstalled },
  });
}

/** The connection that calls are for, also while it is disabled; null when there is none. */
export function findConnection(configuration: Configuration, request: ResolveRequest): Connection | null {
  const { outcome } = decide(configuration, request);
  return 'connection' in outcome ? outcome.connection : null;
}

/** A disabled connection is chosen like any other, and then refused: nothing is used in its place. */
function decideEnabled(configuration: Configuration, request: ResolveRequest): Trail {
  const { outcome, steps } = decide(configuration, request);
  if (!('connection' in outcome) || outcome.connection.enabled) return { outcome, steps };
  const { id } = outcome.connection;
  const step = { level: 'connection', rule: 'it is enabled', result: `refused: ${id} is disabled` } as const;
  const refusal = refuse(
    `Connection ${id} is disabled: no run uses it. haloflow connections enable ${id} changes that.`,
  );
  return { outcome: refusal, steps: [...steps, step] };
}

function decide(configuration: Configuration, request: ResolveRequest): Trail {
  const { running, owner, step, refusal } = checkOwner(configuration, request);
  const levels = [
    { level: 'action override' as const, override: request.actionOverride },
    { level: 'trigger override' as const, override: request.triggerOverride },
  ];
  if (refusal !== null) {
    const untried = [...levels.map(({ level }) => level), 'own default' as const];
    const steps = untried.map((level) => ({
      level,
      rule: '-',
      result: 'not tried: the run itself is refused',
    }));
    return { outcome: refuse(refusal), steps: [step, ...steps] };
  }

  const steps: Step[] = [step];
  let decided: { level: Level; outcome: Outcome } | null = null;
  for (const { level, override } of levels) {
    if (!override) {
      steps.push({ level, rule: '-', result: 'not set' });
    } else if (decided) {
      steps.push({ level, rule: showRule(override), result: `not tried: the ${decided.level} decides` });
    } else {
      const trail = decideByOverride(level, { configuration, running, owner, override });
      steps.push(...trail.steps);
      decided = { level, outcome: trail.outcome };
    }
  }
  const rule = `the default connection of ${running.slug}`;
  if (decided) {
    steps.push({ level: 'own default', rule, result: `not tried: the ${decided.level} decides` });
    return { outcome: decided.outcome, steps };
  }
  const connection = defaultConnection(configuration, running.slug);
  const result = connection?.id ?? describeMissingDefault(configuration, running.slug);
  steps.push({ level: 'own default', rule, result });
  return {
    outcome: connection ? { connection, because: 'own default' } : noOwnDefault(configuration, running),
    steps,
  };
}

type OwnerCheck =
  | { running: Organization; owner: Organization; step: Step; refusal: null }
  | { running: null; owner: null; step: Step; refusal: string };

/** `enabled: false` stops the organization itself only: customers below a disabled organization go on running. */
function checkOwner(configuration: Configuration, request: ResolveRequest): OwnerCheck {
  const rule = 'the running organization is enabled and is the owner or below it';
  const refused = (result: string, refusal: string): OwnerCheck => ({
    running: null,
    owner: null,
    step: { level: 'owner', rule, result },
    refusal,
  });
  for (const slug of [request.organization, request.owner]) {
    if (!findOrganization(configuration, slug)) {
      // Only names that the owner may know of.
      const known = [request.owner, ...descendants(configuration, request.owner).map((below) => below.slug)];
      const role = slug === request.organization ? 'Organization' : 'The owner';
      return refused(
        `${slug} is unknown`,
        `${role} "${slug}" does not exist.${didYouMean(
          slug,
          known.filter((name) => name !== slug),
        )} Add it to haloflow.yaml and run haloflow apply, or use \`haloflow organizations add\`.`,
      );
    }
  }
  const path = pathBetween(configuration, request.owner, request.organization);
  const running = path?.at(-1);
  const owner = path?.[0];
  if (!path || !running || !owner) {
    return refused(
      `${request.organization} is neither ${request.owner} nor below it`,
      `A run owned by ${request.owner} may not act for ${request.organization}, which is neither ` +
        `${request.owner} itself nor below it. Run it under an owner at or above ${request.organization}.`,
    );
  }
  if (!running.enabled) {
    return refused(
      `${running.slug} is disabled`,
      `Organization ${running.name} (${running.slug}) is disabled: nothing runs for it. ` +
        `Set "enabled: true" in haloflow.yaml and run haloflow apply, or \`haloflow organizations change ${running.slug} --enabled\`, to change that.`,
    );
  }
  return { running, owner, step: { level: 'owner', rule, result: showPath(path) }, refusal: null };
}

function decideByOverride(level: Level, search: Search): Trail {
  const { configuration, running, owner, override } = search;
  const rule = showRule(override);
  const malformed = checkShape(level, search);
  if (malformed)
    return { outcome: refuse(malformed), steps: [{ level, rule, result: 'refused: not an override' }] };

  const finding = pickers[override.use](search);
  if (finding.kind === 'refused') {
    const result = `refused: ${finding.result}`;
    return { outcome: refuse(finding.message), steps: [{ level, rule, result }] };
  }
  const because = `${level}: ${override.use}`;
  if (finding.kind === 'found') {
    const check = checkOwnership(level, search, finding.connection);
    return {
      outcome: check.refusal ? refuse(check.refusal) : { connection: finding.connection, because },
      steps: [{ level, rule, result: finding.connection.id }, check.step],
    };
  }

  const looked: Step = { level, rule, result: `nothing: looked for ${finding.looked}` };
  const fallback = override.fallback === 'default' ? defaultConnection(configuration, owner.slug) : undefined;
  if (fallback) {
    return {
      outcome: { connection: fallback, because: `${because}, fallback: default` },
      steps: [looked, { level, rule: 'fallback: default', result: fallback.id }],
    };
  }
  const gaveUp =
    override.fallback === 'default'
      ? {
          level,
          rule: 'fallback: default',
          result: `nothing: ${describeMissingDefault(configuration, owner.slug)}`,
        }
      : { level, rule: 'fallback: fail', result: 'no connection' };
  const also = override.fallback === 'default' && override.use !== 'default' ? ` (and ${gaveUp.result})` : '';
  const own = defaultConnection(configuration, running.slug);
  const connect = own
    ? `leave the override out to use ${own.id}, its own`
    : `${cureMissingDefault(configuration, running.slug)}, and leave the override out`;
  return {
    outcome: notInstalled(running, {
      looked: `the ${level} (${rule}) looks for ${finding.looked}${also}`,
      connect,
      override: `an override that finds one: ${finding.cure}`,
    }),
    steps: [looked, gaveUp],
  };
}

/** Overrides come from files, rows and command lines: their words are checked where they are used. */
function checkShape(level: Level, { running, override }: Search): string | null {
  const uses = Object.keys(pickers) as OverrideUse[];
  if (!uses.includes(override.use)) {
    const said = typeof override.use === 'string' ? `says "use: ${override.use}"` : 'has no "use"';
    return `The ${level} for ${running.slug} ${said}. Use one of ${uses.join(', ')}.`;
  }
  const fallback: unknown = override.fallback;
  if (fallback !== undefined && fallback !== null && fallback !== 'fail' && fallback !== 'default') {
    const said = typeof fallback === 'string' ? `"fallback: ${fallback}"` : 'a fallback that is not a word';
    return `The ${level} for ${running.slug} says ${said}. Use fail or default.`;
  }
  return null;
}

function checkOwnership(
  level: Level,
  { configuration, running, owner }: Search,
  connection: Connection,
): { readonly step: Step; readonly refusal: string | null } {
  const path = pathBetween(configuration, owner.slug, running.slug) ?? [];
  const allowed = path.some((organization) => organization.slug === connection.organization);
  const rule = `owned on the path ${showPath(path)}`;
  const result = `${allowed ? 'yes' : 'refused'}: ${connection.organization} owns ${connection.id}`;
  if (allowed) return { step: { level, rule, result }, refusal: null };
  if (rootOf(configuration, connection.organization) !== rootOf(configuration, owner.slug)) {
    // Whose it is, and whether it is there at all, is no business of another MSP's authors.
    return {
      step: { level, rule, result: `refused: nobody on the path owns ${connection.id}` },
      refusal:
        `The ${level} may not use the connection ${connection.id} for ${running.name} (${running.slug}): no ` +
        `organization on the path from the owner down to the running organization (${showPath(path)}) owns it. ` +
        'Choose a connection of an organization on that path.',
    };
  }
  const above = isAtOrBelow(configuration, running.slug, connection.organization)
    ? `, or run it under the owner ${connection.organization}`
    : '';
  const refusal =
    `The ${level} may not use the connection ${connection.id} for ${running.name} (${running.slug}): it belongs to ` +
    `${connection.organization}, which is not on the path from the owner down to the running organization ` +
    `(${showPath(path)}). Choose a connection of an organization on that path${above}.`;
  return { step: { level, rule, result }, refusal };
}

function noOwnDefault(configuration: Configuration, running: Organization): Refusal {
  return notInstalled(running, {
    looked: describeMissingDefault(configuration, running.slug),
    connect: cureMissingDefault(configuration, running.slug),
    override: 'an override to the trigger or the call, such as "use: mapping" with a mapping of it',
  });
}

function notInstalled(
  running: Organization,
  { looked, connect, override }: { looked: string; connect: string; override: string },
): Refusal {
  const message =
    `HaloPSA integration is not installed for ${running.name}: ${looked}. ` +
    `Either connect it: ${connect}; or add ${override}.`;
  return { message, notInstalled: true };
}

function refuse(message: string): Refusal {
  return { message, notInstalled: false };
}

/** `use: name "north", fallback: default`. */
function showRule(override: Override): string {
  const what =
    override.use === 'connection' && override.connection
      ? ` ${override.connection}`
      : override.use === 'name' && override.name
        ? ` "${override.name}"`
        : '';
  const fallback = override.fallback ? `, fallback: ${override.fallback}` : '';
  return `use: ${override.use}${what}${fallback}`;
}
