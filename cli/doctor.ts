/** What `haloflow doctor` does: has connections looked at, and prints what was seen and what to do. */
import { ConfigurationError } from '../errors.ts';
import type { CheckReport, CheckStep, Needs } from '../organizations/checkReport.ts';
import { withApi } from './api.ts';
import type { Api } from './api.ts';
import { everyConnection } from './connections/read.ts';
import { unlessInterrupted } from './interrupt.ts';
import { errorDocument } from './outcome.ts';
import type { ErrorDocument, Outcome } from './outcome.ts';
import { tellIfSlow } from './slow.ts';
import { wrap } from './table.ts';

export interface DoctorOptions {
  readonly org?: string;
  readonly connection?: string;
}

/** One connection: what was found, or why it could not be looked at. */
type Examined =
  CheckReport | { readonly connection: string; readonly ok: false; readonly error: ErrorDocument };

export async function examined(options: DoctorOptions): Promise<Outcome> {
  return await withApi(async (api) => {
    const ids = await connectionsOf(api, options);
    const connections: Examined[] = [];
    for (const id of ids) {
      const looking = tellIfSlow(`looking at ${id} …`, examine(api, id, ids.length > 1));
      connections.push(await unlessInterrupted(looking));
    }
    const ok = connections.every((one) => one.ok);
    return { ok, json: { ok, connections }, text: connections.map(page).join('\n\n') };
  });
}

async function connectionsOf(api: Api, { org, connection }: DoctorOptions): Promise<readonly string[]> {
  if (connection !== undefined) return [connection];
  // One that is not there is told by its name, and not as one without connections.
  if (org !== undefined) await api.call({ path: `/organizations/${encodeURIComponent(org)}` });
  const found = (await everyConnection(api, org)).map(({ id }) => id);
  if (found.length > 0) return found;
  throw new ConfigurationError(
    `there is no connection${org === undefined ? '' : ` that ${org} owns or is mapped on`}: haloflow connections add makes one`,
  );
}

/** With several, one that cannot be looked at does not hold up the others. */
async function examine(api: Api, id: string, isOneOfSeveral: boolean): Promise<Examined> {
  try {
    const path = `/connections/${encodeURIComponent(id)}/check`;
    return (await api.call<{ report: CheckReport }>({ method: 'POST', path })).report;
  } catch (error) {
    if (!isOneOfSeveral) throw error;
    return { connection: id, ok: false, error: errorDocument(error) };
  }
}

function page(one: Examined): string {
  if ('error' in one) return `${one.connection}: ${one.error.type}: ${one.error.message}`;
  const { connection, organization, host, steps, skipped, needs } = one;
  return [
    `${connection} of ${organization}, ${host}`,
    '',
    ...steps.flatMap(stepLines),
    ...(skipped.length > 0 ? [`not looked at, since a step before failed: ${skipped.join(', ')}`] : []),
    '',
    ...needLines(needs),
  ].join('\n');
}

const INDENT = ' '.repeat(23);

function stepLines({ step, verdict, seen, remedy }: CheckStep): string[] {
  const head = `${verdict}  ${step.padEnd(17)}`;
  return [...indented(head, seen), ...(remedy === null ? [] : indented(INDENT, `→ ${remedy}`))];
}

function indented(head: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, 90).split('\n');
  return [`${head}${first}`, ...rest.map((line) => `${INDENT}${line}`)];
}

const MARKS = { true: '[x]', false: '[ ]', null: '[?]' } as const;

function needLines({ scopes, rights, triggers, unseen }: Needs): string[] {
  const widest = Math.max(...scopes.map(({ scope }) => scope.length));
  return [
    triggers.length === 0
      ? 'The least scopes of the application in Halo, before any trigger is enabled (x: granted):'
      : `The least scopes of the application in Halo for ${triggers.map(({ trigger }) => trigger).join(', ')} (x: granted):`,
    ...scopes.map(
      ({ scope, granted, because }) =>
        `  ${MARKS[`${granted}`]} ${scope.padEnd(widest)}  ${because.join(', ')}`,
    ),
    'The least rights of its agent:',
    ...rights.map((right) => `  - ${right}`),
    'What this cannot see:',
    ...unseen.map((what) => `  - ${what}`),
  ];
}
