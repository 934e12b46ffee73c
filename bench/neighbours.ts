/**
 * What a tenant notices of what happens beside it, on a `haloflow start` of its own: each time against the same thing in
 * the same run while all is quiet. Temporal is frozen, another tenant floods, another tenant shuts the Halo that both
 * name, and the worker is killed. Traffic is a bounded number of requests on loopback.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { table } from '../cli/table.ts';
import type { SandboxTenant } from '../sandbox/sandbox.ts';
import { run, start } from '../test/cli/command.ts';
import { serversOf } from '../test/cli/servers.ts';
import { summarize } from './measure.ts';
import { connectionTo, here } from './stack.ts';

const TIMES = 10;
/** Deliveries of the neighbour, and how many of them at the same time. */
const FLOOD = 1_000;
const AT_A_TIME = 50;
/** Calls of the neighbour that wait for its own limit. */
const WAITING = 20;

interface Installation {
  readonly home: string;
  readonly url: string;
  readonly token: string;
  readonly agent: Agent;
}

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const post = async (
  { agent }: Installation,
  url: string,
  body: object,
  options: { readonly method?: 'POST' | 'PATCH' | 'GET'; readonly token?: string } = {},
): Promise<Answered> => {
  const { method = 'POST', token } = options;
  const reply = await request(url, {
    dispatcher: agent,
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.statusCode, body: (await reply.body.json()) as Answered['body'] };
};

async function expecting(status: number, answer: Promise<Answered>): Promise<Answered> {
  const answered = await answer;
  if (answered.status !== status)
    throw new Error(`it answered ${answered.status}: ${JSON.stringify(answered.body)}`);
  return answered;
}

/** The median of so many, one after the other. */
async function median(work: () => Promise<unknown>, times = TIMES): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  return summarize(took, 1).p50;
}

export async function benchNeighbours(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'haloflow-bench-'));
  const home = join(directory, 'home');
  const sandbox = fork(join(here, 'sandboxProcess.ts'), { execArgv: ['--import', 'tsx'] });
  const [tenants] = (await once(sandbox, 'message')) as [SandboxTenant[]];
  const [tenant] = tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  const secret = `BENCH_${tenant.name.toUpperCase()}_SECRET`;
  const where = {
    home,
    env: {
      HALOFLOW_WORKFLOWS: join(here, 'workflows'),
      [secret]: tenant.clientSecret,
    },
  };
  const command = start(['start', '--json'], where);
  const agent = new Agent({ connections: AT_A_TIME + 10 });
  try {
    const { api: url = '' } = JSON.parse(await command.says('\n')) as { readonly api?: string };
    const file = join(directory, 'haloflow.json');
    await writeFile(file, JSON.stringify(configuration(tenant)));
    const applied = await run(['apply', file], where);
    if (applied.code !== 0) throw new Error(applied.stderr);
    const { api } = JSON.parse(await readFile(join(home, 'start.json'), 'utf8')) as {
      readonly api: { readonly token: string };
    };
    await measureAll({ home, url, token: api.token, agent });
  } finally {
    await agent.close();
    await command.end();
    for (const pid of Object.values(serversOf(home))) if (pid !== null) process.kill(Number(pid), 'SIGKILL');
    sandbox.disconnect();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Two roots that name the same Halo; each has a trigger whose sender waits for a call, and one whose sender does not. */
function configuration(tenant: SandboxTenant): object {
  const trigger = (organization: string, workflow: string, wait: boolean): object => ({
    organization,
    type: 'webhook',
    workflow,
    runAs: 'owner',
    parameters: { wait, waitSeconds: 60 },
  });
  return {
    organizations: { ours: { name: 'Ours' }, theirs: { name: 'Theirs' } },
    connections: { 'our-halo': connectionTo(tenant, 'ours'), 'their-halo': connectionTo(tenant, 'theirs') },
    triggers: {
      'our-call': trigger('ours', 'haloflowOne', true),
      'our-delivery': trigger('ours', 'empty', false),
      'their-call': trigger('theirs', 'haloflowOne', false),
      'their-delivery': trigger('theirs', 'empty', false),
    },
  };
}

async function measureAll(installation: Installation): Promise<void> {
  const { home, url, token } = installation;
  const api = `${url}/api/v1`;
  const urlOf = async (trigger: string): Promise<string> => {
    const asked = post(installation, `${api}/triggers/${trigger}?url=true`, {}, { method: 'GET', token });
    const { body } = await expecting(200, asked);
    return String((body['trigger'] as { readonly url?: unknown } | undefined)?.url ?? body['url']);
  };
  const urls = {
    call: await urlOf('our-call'),
    delivery: await urlOf('our-delivery'),
    theirCall: await urlOf('their-call'),
    theirDelivery: await urlOf('their-delivery'),
  };
  let names = 0;
  const change = (): Promise<unknown> =>
    expecting(
      200,
      post(
        installation,
        `${api}/organizations/ours`,
        { name: `Ours ${(names += 1)}` },
        { method: 'PATCH', token },
      ),
    );
  const deliver = (): Promise<unknown> => expecting(202, post(installation, urls.delivery, {}));
  const call = (): Promise<unknown> => expecting(200, post(installation, urls.call, {}));

  // The first of each has more to do.
  for (const work of [call, call, deliver, change]) await work();
  const quiet = { change: await median(change), deliver: await median(deliver), call: await median(call) };

  const frozen = await whileFrozen(home, () => median(change));
  await call();
  const flooded = await besideFlood(installation, urls.theirDelivery, deliver);
  await drained(installation);
  const limit = { rateLimit: { requests: 1, perSeconds: 10 } };
  await expecting(
    200,
    post(installation, `${api}/connections/their-halo`, limit, { method: 'PATCH', token }),
  );
  await Promise.all(Array.from({ length: WAITING }, () => post(installation, urls.theirCall, {})));
  const shut = await median(call);
  const killed = await afterDeath(home, call);

  const row = (what: string, before: number, beside: number): string[] => [
    what,
    before.toFixed(0),
    beside.toFixed(0),
    (beside / before).toFixed(2),
  ];
  console.log(
    table(
      ['milliseconds', 'quiet', 'beside', 'ratio'],
      [
        row('a change of the configuration, Temporal frozen', quiet.change, frozen),
        row(`a delivery, another tenant sends ${FLOOD}`, quiet.deliver, flooded),
        row('a call, a neighbour shuts the host that both name', quiet.call, shut),
        row('a call, from the death of the worker on', quiet.call, killed),
      ],
    ),
  );
}

async function whileFrozen(home: string, work: () => Promise<number>): Promise<number> {
  const { temporal } = serversOf(home);
  if (temporal === null) throw new Error('Temporal does not run');
  process.kill(temporal, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(temporal, 'SIGCONT');
  }
}

/** The median of our deliveries for as long as theirs come. */
async function besideFlood(
  installation: Installation,
  url: string,
  deliver: () => Promise<unknown>,
): Promise<number> {
  const theirs = { left: FLOOD };
  const sender = async (): Promise<void> => {
    while (theirs.left > 0) {
      theirs.left -= 1;
      await post(installation, url, { n: theirs.left });
    }
  };
  const flood = Promise.all(Array.from({ length: AT_A_TIME }, sender));
  const took: number[] = [];
  // From the one on that everything is under way.
  await sleep(500);
  while (theirs.left > 0) took.push(await median(deliver, 1));
  await flood;
  return summarize(took, 1).p50;
}

/** The flood has been worked off. */
async function drained(installation: Installation): Promise<void> {
  const { url, token } = installation;
  for (;;) {
    const asked = post(
      installation,
      `${url}/api/v1/events?status=pending&limit=1`,
      {},
      { method: 'GET', token },
    );
    const { body } = await expecting(200, asked);
    if ((body['events'] as readonly unknown[]).length === 0) return;
    await sleep(500);
  }
}

/** Milliseconds from the death of the worker to the end of the next call. */
async function afterDeath(home: string, call: () => Promise<unknown>): Promise<number> {
  const { workers } = JSON.parse(await readFile(join(home, 'start.json'), 'utf8')) as {
    readonly workers: readonly { readonly pid: number }[];
  };
  for (const { pid } of workers) process.kill(pid, 'SIGKILL');
  return await median(call, 1);
}
