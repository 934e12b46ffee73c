/** Whether what a file names fits together, and fits the rows that stay beside it. */
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';
import { didYouMean } from '../../nearest.ts';
import { isAtOrBelow } from '../../organizations/tree.ts';
import type { Connection, Mapping, Organization } from '../../organizations/types.ts';
import type { Trigger } from '../../triggers/types.ts';
import { ignoredId, ownersOfOne, variableId } from './rows.ts';
import type { Rows } from './rows.ts';

/** `staying`: the rows made by hand that the file does not name. */
export function checkContent(content: FileContent, staying: Rows): Problem[] {
  return [
    ...checkReferences(content, staying),
    ...checkVariables(content, staying),
    ...checkCycles(content, staying),
    ...checkDefaults(content, staying),
    ...checkCatchAlls(content, staying),
    ...checkClients(content, staying),
    ...checkChosenMappings(content, staying),
    ...checkIgnored(content, staying),
  ];
}

/** Rows made by hand are never deleted along with what they hang on: the file has to keep that, or they go first. */
export function checkLeaving(file: string, staying: Rows, leaving: Rows): Problem[] {
  const hanging = (on: { organization?: string; connection?: string }): string[] => [
    ...staying.organizations
      .filter(({ parent }) => parent !== null && parent === on.organization)
      .map(({ slug }) => `organization ${slug}`),
    ...staying.connections
      .filter(({ organization }) => organization === on.organization)
      .map(({ id }) => `connection ${id}`),
    ...staying.connections
      .filter(({ catchAll }) => catchAll !== null && catchAll === on.organization)
      .map(({ id }) => `connection ${id} (as its catch-all)`),
    ...staying.mappings
      .filter(
        ({ organization, connection }) => organization === on.organization || connection === on.connection,
      )
      .map(({ connection, organization }) => `mapping ${connection}/${organization}`),
    ...staying.ignoredClients
      .filter(({ connection }) => connection === on.connection)
      .map((row) => `ignored client ${ignoredId(row)}`),
    ...staying.variables
      .filter(({ organization }) => organization === on.organization)
      .map((row) => `variable ${variableId(row)}`),
    ...staying.triggers.filter((trigger) => hangsOn(trigger, on)).map(({ id }) => `trigger ${id}`),
  ];
  const refuse = (what: string, rows: string[]): Problem[] =>
    rows.length === 0
      ? []
      : [
          {
            place: file,
            message:
              `${what} is not named here and would be deleted, but rows made by hand hang on it: ${rows.join(', ')}. ` +
              'Name it, or remove or name them.',
          },
        ];
  return [
    ...leaving.organizations.flatMap(({ slug }) =>
      refuse(`organization ${slug}`, hanging({ organization: slug })),
    ),
    ...leaving.connections.flatMap(({ id }) => refuse(`connection ${id}`, hanging({ connection: id }))),
  ];
}

function hangsOn(
  { organization, connection, runFor, overrides }: Trigger,
  on: { readonly organization?: string; readonly connection?: string },
): boolean {
  const organizations = [organization, ...runFor.organizations];
  const connections = [connection, overrides.halo?.connection];
  return (
    (on.organization !== undefined && organizations.includes(on.organization)) ||
    (on.connection !== undefined && connections.includes(on.connection))
  );
}

function checkReferences(content: FileContent, staying: Rows): Problem[] {
  const organizations = [...content.organizations, ...staying.organizations].map(({ slug }) => slug);
  const connections = [...content.connections, ...staying.connections].map(({ id }) => id);
  const check = (path: string, kind: string, id: string, known: readonly string[]): Problem[] => {
    // An empty one could not be read, which is a problem already.
    if (id === '' || known.includes(id)) return [];
    const message = content.isHidden(path)
      ? `${path}: the ${kind} that the environment names does not exist`
      : `${path}: ${kind} "${id}" does not exist.${didYouMean(id, known)}`;
    return [{ place: content.placeOf(path), message }];
  };
  const named = new Set(content.mappings.map(({ connection }) => connection));
  const ignoring = [...new Set(content.ignoredClients.map(({ connection }) => connection))];
  return [
    ...content.organizations.flatMap(({ slug, parent }) =>
      check(`organizations.${slug}.parent`, 'organization', parent ?? '', organizations),
    ),
    ...content.connections.flatMap(({ id, organization }) =>
      check(`connections.${id}.organization`, 'organization', organization, organizations),
    ),
    ...content.connections.flatMap(({ id, catchAll }) =>
      check(`connections.${id}.catchAll`, 'organization', catchAll ?? '', organizations),
    ),
    ...[...named].flatMap((id) => check(`mappings.${id}`, 'connection', id, connections)),
    ...ignoring.flatMap((id) => check(`ignoredClients.${id}`, 'connection', id, connections)),
    ...content.mappings.flatMap(({ connection, organization }) =>
      check(`mappings.${connection}.${organization}`, 'organization', organization, organizations),
    ),
  ];
}

function checkVariables(content: FileContent, staying: Rows): Problem[] {
  const known = [...content.organizations, ...staying.organizations].map(({ slug }) => slug);
  const owners = [...new Set(content.variables.map(({ organization }) => organization))];
  return owners
    .filter((slug) => !known.includes(slug))
    .map((slug) => ({
      place: content.placeOf(`variables.${slug}`),
      message: `variables.${slug}: organization "${slug}" does not exist.${didYouMean(slug, known)}`,
    }));
}

function checkCycles(content: FileContent, staying: Rows): Problem[] {
  const rows: readonly Organization[] = [...content.organizations, ...staying.organizations];
  const parents = new Map(rows.map(({ slug, parent }) => [slug, parent]));
  const done = new Set<string>();
  const problems: Problem[] = [];
  for (const { slug } of content.organizations) {
    const line: string[] = [];
    let current: string | null = slug;
    while (current !== null && !done.has(current) && !line.includes(current)) {
      line.push(current);
      current = parents.get(current) ?? null;
    }
    if (current !== null && line.includes(current)) {
      const cycle = line.slice(line.indexOf(current));
      const path = `organizations.${cycle.find((member) => isNamed(content, member)) ?? slug}.parent`;
      const shown = [...cycle, current].join(' -> ');
      problems.push({ place: content.placeOf(path), message: `${path}: the parents form a cycle: ${shown}` });
    }
    for (const member of line) done.add(member);
  }
  return problems;
}

function isNamed(content: FileContent, slug: string): boolean {
  return content.organizations.some((organization) => organization.slug === slug);
}

function checkDefaults(content: FileContent, staying: Rows): Problem[] {
  const owners = [...content.organizations, ...staying.organizations].map(({ slug }) => slug);
  const withOne = ownersOfOne(content, staying);
  return owners.flatMap((owner) => {
    const named = content.connections.filter(({ organization }) => organization === owner);
    const byHand: readonly Connection[] = staying.connections.filter(
      ({ organization }) => organization === owner,
    );
    const all = [...named.map(({ id }) => id), ...byHand.map(({ id }) => `${id} (made by hand)`)];
    const marked = [
      ...byHand.filter(({ isDefault }) => isDefault).map(({ id }) => `${id} (made by hand)`),
      ...named.filter(({ saysDefault }) => saysDefault).map(({ id }) => id),
    ];
    const problem = (id: string | undefined, key: string, message: string): Problem[] => {
      const path = `connections.${id}${key}`;
      return [{ place: content.placeOf(path), message: `${path}: ${message}` }];
    };
    if (marked.length > 1) {
      const last = named.findLast(({ saysDefault }) => saysDefault);
      return problem(
        last?.id,
        '.default',
        `${owner} has more than one default connection: ${marked.join(', ')}`,
      );
    }
    const isSettled = withOne.has(owner) && named[0]?.saysDefault !== false;
    if (all.length > 1 && marked.length === 0 && !isSettled) {
      const message = `${owner} has several connections (${all.join(', ')}) and none says "default: true"`;
      return problem(named[0]?.id, '', message);
    }
    if (all.length === 1 && named[0]?.saysDefault === false) {
      const message = `the only connection of ${owner} is its default; take "default: false" out`;
      return problem(named[0].id, '.default', message);
    }
    return [];
  });
}

/** Tickets of everybody come to it: none but the owner, and who is below it. */
function checkCatchAlls(content: FileContent, staying: Rows): Problem[] {
  const rows = [...content.organizations, ...staying.organizations];
  const configuration = { version: 0, organizations: rows, connections: [], mappings: [] };
  const known = new Set(rows.map(({ slug }) => slug));
  return content.connections.flatMap(({ id, organization, catchAll = null }) => {
    // One that does not exist is a problem already.
    if (catchAll === null || !known.has(catchAll)) return [];
    if (isAtOrBelow(configuration, catchAll, organization)) return [];
    const path = `connections.${id}.catchAll`;
    const which = content.isHidden(path) ? 'the organization' : catchAll;
    const message = `${path}: ${which} is not ${organization}, which owns the connection, nor below it`;
    return [{ place: content.placeOf(path), message }];
  });
}

function checkClients(content: FileContent, staying: Rows): Problem[] {
  const holders = new Map<string, string>(
    staying.mappings.map(({ connection, client, organization }) => [
      `${connection} ${client}`,
      `${organization} (made by hand)`,
    ]),
  );
  return content.mappings.flatMap(({ connection, organization, client }) => {
    const key = `${connection} ${client}`;
    const holder = holders.get(key);
    if (Number.isNaN(client)) return [];
    if (holder === undefined) {
      holders.set(key, organization);
      return [];
    }
    const path = `mappings.${connection}.${organization}.client`;
    const which = content.isHidden(path) ? 'this client' : `client ${client}`;
    const message = `${path}: ${which} of ${connection} stands for ${holder} already; it can stand for one organization only`;
    return [{ place: content.placeOf(path), message }];
  });
}

function checkChosenMappings(content: FileContent, staying: Rows): Problem[] {
  const chosen = ({ use }: Mapping): boolean => use;
  const holders = new Map<string, string>(
    staying.mappings
      .filter(chosen)
      .map(({ organization, connection }) => [organization, `${connection} (made by hand)`]),
  );
  return content.mappings.filter(chosen).flatMap(({ connection, organization }) => {
    const holder = holders.get(organization);
    if (holder === undefined) {
      holders.set(organization, connection);
      return [];
    }
    const path = `mappings.${connection}.${organization}.use`;
    const message = `${path}: ${organization} already uses its mapping on ${holder}; one of them may say "use: true"`;
    return [{ place: content.placeOf(path), message }];
  });
}

/** Those made by hand give way to the file's mappings; the file itself has to decide. */
function checkIgnored(content: FileContent, staying: Rows): Problem[] {
  const holders = new Map<string, string>([
    ...staying.mappings.map((row): [string, string] => [
      ignoredId(row),
      `${row.organization} (made by hand)`,
    ]),
    ...content.mappings.map((row): [string, string] => [ignoredId(row), row.organization]),
  ]);
  return content.ignoredClients.flatMap((row) => {
    const holder = holders.get(ignoredId(row));
    if (holder === undefined) return [];
    const path = `ignoredClients.${row.connection}.${row.key}`;
    const message = `${path}: this client stands for ${holder}, so it cannot be ignored; take one of the two out`;
    return [{ place: content.placeOf(path), message }];
  });
}
