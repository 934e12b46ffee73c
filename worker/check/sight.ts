/** Steps about what the agent behind the application may see and do. All of them read; the one about writing too. */
import {
  HaloAuthenticationError,
  HaloNotFoundError,
  HaloPermissionError,
  HaloValidationError,
} from '../../errors.ts';
import type { CheckStep } from '../../organizations/checkReport.ts';
import { broken, fail, pass, warn } from './step.ts';

/** One action on the connection, paid for and to be given up with the check. */
export type Call = (action: string, input: unknown, options?: object) => Promise<unknown>;

type Row = Readonly<Record<string, unknown>>;

/** What an id of Postgres and Halo can be at most: nobody has a ticket of that number. */
const NO_TICKET = 2_147_483_647;
/** The newest tickets, whose teams are looked at. */
const TICKETS = 100;
/** Mapped customers that are asked for one by one. */
const CLIENTS = 40;
const AT_A_TIME = 4;

const isRefusal = (error: unknown): boolean =>
  error instanceof HaloPermissionError || error instanceof HaloAuthenticationError;

/** Null: it cannot be seen. */
export async function seeAgent(call: Call): Promise<{ step: CheckStep; agent: Row | null }> {
  let agent: Row;
  try {
    agent = (await call('halo.request', { method: 'GET', path: '/Agent/me' })) as Row;
  } catch (error) {
    if (!isRefusal(error)) return { step: broken('agent', error, 'Try again'), agent: null };
    const step = warn(
      'agent',
      `the agent behind the application may not read itself: ${(error as Error).message}`,
      'Nothing needs it; to have it looked at, tick all:standard in the application',
    );
    return { step, agent: null };
  }
  return { step: agentStep(agent), agent };
}

function agentStep(agent: Row): CheckStep {
  const roles = rolesOf(agent);
  const isAdmin = roles.some((role) => /admin/i.test(role));
  const isApiOnly = agent['isapiagent'] === true;
  const seen =
    `${textOf(agent['name']) || 'an agent without a name'} (id ${textOf(agent['id'])}): ` +
    `${isApiOnly ? 'API-only' : 'not API-only'}; roles: ${roles.join(', ') || '(none seen)'}` +
    (isAdmin
      ? ', an admin role: only scopes limit it'
      : ', no admin role: what its roles do not allow fails, whatever the scopes');
  if (agent['isdisabled'] === true) {
    return fail(
      'agent',
      `${seen}; it is disabled`,
      'Enable the agent in Halo, or give the application another one',
    );
  }
  if (isApiOnly) return pass('agent', seen);
  return warn(
    'agent',
    seen,
    'It takes a licence, and acts in the name of a person: give the application an agent with "Is an API-only Agent"',
  );
}

function rolesOf(agent: Row): string[] {
  const listed = rowsIn(agent['roles']).map((role) => textOf(role['name']) || textOf(role['role_name']));
  const told = textOf(agent['role_list']).split(',');
  return [...new Set([...listed, ...told].map((role) => role.trim()).filter((role) => role !== ''))];
}

/** Teams that the agent does not see, from what refers to them; `tickets`: null when they cannot be read. */
export async function teamsStep(
  call: Call,
  { agent, tickets }: { readonly agent: Row | null; readonly tickets: readonly Row[] | null },
): Promise<CheckStep> {
  let teams: readonly Row[];
  try {
    teams = (await call('teams.list', { includedisabled: true })) as readonly Row[];
  } catch (error) {
    return broken(
      'teams',
      error,
      isRefusal(error)
        ? 'Tick all:teams in the application in Halo (and in scope of the connection): without it teams are hidden'
        : 'Try again',
    );
  }
  const listed = namesOf(teams);
  const active = namesOf(teams.filter((team) => team['inactive'] !== true));
  const named = namesOf((tickets ?? []).map((ticket) => ({ name: ticket['team'] })));
  const hidden = [...named.keys()].filter((name) => !listed.has(name));
  const own =
    agent === null ? null : namesOf(rowsIn(agent['teams']).map((team) => ({ name: team['team_name'] })));
  const notMember = own === null || own.size === 0 ? [] : [...active.keys()].filter((name) => !own.has(name));
  const looked = `${teams.length} teams are listed; ${tickets === null ? 'tickets cannot be read' : `the newest ${tickets.length} tickets name ${named.size}`}`;
  const remedy =
    'In Halo make the agent of the application a member of every team whose tickets haloflow is to see';
  if (hidden.length > 0) {
    const shown = hidden.map((name) => named.get(name)).join(', ');
    return warn('teams', `at least ${hidden.length} hidden: ${shown} (${looked})`, remedy);
  }
  if (teams.length === 0 && own !== null) {
    return warn('teams', `no team is listed, so all may be hidden (${looked})`, remedy);
  }
  if (notMember.length > 0) {
    const shown = notMember.map((name) => listed.get(name)).join(', ');
    return warn('teams', `the agent is in ${own?.size} teams and not in ${shown} (${looked})`, remedy);
  }
  return pass('teams', `none is known to be hidden (${looked})`);
}

/** Names by their lower case, without empty ones. */
function namesOf(rows: readonly Row[]): Map<string, string> {
  const names = rows.map(({ name }) => textOf(name).trim()).filter((name) => name !== '');
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}

/** Customers that the agent does not see: of those that organizations are mapped to. */
export async function customersStep(
  call: Call,
  { agent, mapped }: { readonly agent: Row | null; readonly mapped: readonly number[] },
): Promise<CheckStep> {
  const remedy =
    'In Halo set "Allow use of all Customers" of the agent of the application to Yes, or map these organizations to other customers';
  const asked = mapped.slice(0, CLIENTS);
  const hidden: number[] = [];
  const waiting = asked.values();
  const take = async (): Promise<void> => {
    for (const id of waiting) {
      try {
        await call('clients.get', { id }, { fields: ['id'] });
      } catch (error) {
        if (!(error instanceof HaloNotFoundError)) throw error;
        hidden.push(id);
      }
    }
  };
  try {
    await Promise.all([
      ...Array.from({ length: AT_A_TIME }, take),
      // Without a mapping the right to read customers shows here.
      ...(asked.length === 0 ? [call('clients.list', {}, { limit: 1, fields: ['id'] })] : []),
    ]);
  } catch (error) {
    return broken(
      'customers',
      error,
      'Tick read:customers in the application in Halo, and let a role of its agent view customers',
    );
  }
  const looked = `${asked.length} of ${mapped.length} mapped customers looked at`;
  const limits = restrictionsOf(agent);
  if (hidden.length > 0) {
    const shown = hidden.toSorted((a, b) => a - b).join(', ');
    return warn(
      'customers',
      `at least ${hidden.length} hidden: Halo knows no client ${shown} (${looked})`,
      remedy,
    );
  }
  if (limits !== null) return warn('customers', `the agent is restricted: ${limits} (${looked})`, remedy);
  return pass('customers', `none is known to be hidden (${looked})`);
}

/** What the flags of the agent say; null: nothing. Halo describes none of them. */
function restrictionsOf(agent: Row | null): string | null {
  if (agent === null) return null;
  const only = rowsIn(agent['clients']).map((row) => textOf(row['client_name']) || textOf(row['client_id']));
  if (only.length > 0) return `it has client restrictions (${only.slice(0, 5).join(', ')})`;
  const one = agent['one_client'];
  if (typeof one === 'number' && one > 0) return `it is for client ${one} only`;
  const flag = Object.keys(agent).find(
    (name) => /all_?(customers|clients|areas)/i.test(name) && agent[name] === false,
  );
  return flag === undefined ? null : `${flag} is false`;
}

/** The newest tickets; null when they cannot be read. */
export async function seeTickets(
  call: Call,
): Promise<{ readonly step: CheckStep; readonly tickets: readonly Row[] | null }> {
  try {
    const found = await call('tickets.list', {}, { limit: TICKETS, fields: ['id', 'team'] });
    const tickets = found as readonly Row[];
    const seen =
      tickets.length === 0
        ? 'Halo lists tickets, and there are none'
        : `the newest ${tickets.length} are listed`;
    const step =
      tickets.length > 0
        ? pass('read tickets', seen)
        : warn(
            'read tickets',
            seen,
            'If there are tickets in Halo: make the agent a member of their teams, and let it use all customers',
          );
    return { step, tickets };
  } catch (error) {
    const remedy =
      'Tick read:tickets in the application in Halo (and in scope of the connection), and let a role of its agent view tickets';
    return { step: broken('read tickets', error, remedy), tickets: null };
  }
}

/** Asks to change a ticket that cannot exist, to nothing: the right is looked at before the id. */
export async function writeStep(
  call: Call,
  { isNeeded }: { readonly isNeeded: boolean },
): Promise<CheckStep> {
  const step = 'write tickets';
  const what = `a change of ticket ${NO_TICKET}, which is none`;
  try {
    await call('halo.request', {
      method: 'POST',
      path: '/Tickets',
      body: [{ id: NO_TICKET }],
      effect: 'update',
    });
  } catch (error) {
    if (error instanceof HaloNotFoundError || error instanceof HaloValidationError) {
      return pass(step, `${what}, was answered ${error.status}: the right is there`);
    }
    if (!isRefusal(error)) return broken(step, error, 'Try again');
    const seen = `${what}, was refused: ${(error as Error).message}`;
    const remedy =
      'Tick edit:tickets in the application in Halo (and in scope of the connection), and let a role of its agent edit tickets';
    return isNeeded
      ? fail(step, seen, remedy)
      : warn(step, seen, `No workflow in use writes tickets. ${remedy}`);
  }
  return warn(
    step,
    `${what}, was answered as done, so it tells nothing about the right`,
    `See in Halo that there is no ticket ${NO_TICKET}`,
  );
}

const rowsIn = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : [];

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
