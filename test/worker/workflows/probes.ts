/** Workflows that only tests run. */
import {
  condition,
  continueAsNew,
  defineSignal,
  executeChild,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { call, context, failureOf, halo, organizations } from 'haloflow/sdk';
import type { CallOptions, Context, OrganizationBelow, Override } from 'haloflow/sdk';

export interface ProbeInput {
  readonly action: string;
  readonly input?: unknown;
  readonly options?: CallOptions;
  readonly using?: Override;
  readonly as?: string;
}

/** One call; what it returned, or how it failed as an author's catch sees it. */
export async function probe({ action, input, options, using, as }: ProbeInput): Promise<unknown> {
  try {
    return {
      output: await call(action, input, options, { ...(using ? { using } : {}), ...(as ? { as } : {}) }),
    };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

/** Returns what it was started with. */
export async function echo(input: unknown): Promise<unknown> {
  return await Promise.resolve(input);
}

/** Several calls at the same time. */
export async function probeMany(inputs: readonly ProbeInput[]): Promise<unknown> {
  return await Promise.all(inputs.map(probe));
}

export async function probeContext(): Promise<Context> {
  return await Promise.resolve(context());
}

export async function probeBelow(): Promise<OrganizationBelow[]> {
  return await organizations.below();
}

/** Chains calls as an author would. */
export async function probeChain(): Promise<unknown> {
  const [ticket] = await halo.tickets.list({ open_only: true }, { limit: 1, fields: ['id'] });
  const { id } = await halo.tickets.get({ id: ticket?.id ?? 0 });
  const mapped = await halo.using({ use: 'mapping' }).agents.list();
  const globex = await halo.as('globex').agents.list();
  return { same: id === ticket?.id, agents: mapped.length, globex: globex.length };
}

/** A proxy that is awaited must not schedule an activity called `then`. */
export async function probeAwaitedProxy(): Promise<string> {
  await (halo as unknown as Promise<unknown>);
  await (halo.tickets as unknown as Promise<unknown>);
  await (halo.as('acme') as unknown as Promise<unknown>);
  return 'nothing scheduled';
}

/** Whom a run, its child, and the run that it continues as work for. */
export async function probeFamily(generation = 1): Promise<unknown> {
  if (generation === 1) return await continueAsNew<typeof probeFamily>(2);
  return {
    own: await probe({ action: 'agents.list', options: { fields: ['id'] } }),
    child: await executeChild(probeChild),
    attributes: attributes(),
  };
}

export async function probeChild(): Promise<unknown> {
  const { organization } = context();
  const answer = await probe({ action: 'agents.list', options: { fields: ['id'] } });
  return { organization, answer, attributes: attributes() };
}

const attributes = (): unknown =>
  workflowInfo()
    .typedSearchAttributes.getAll()
    .map(({ key, value }) => `${key.name}=${String(value)}`);

/** Two calls, with a pause until the test says so. */
export async function probeTwice(input: ProbeInput): Promise<unknown> {
  let go = false;
  setHandler(defineSignal('go'), () => {
    go = true;
  });
  const first = await probe(input);
  await condition(() => go);
  return [first, await probe(input)];
}

/** An input that Temporal would not take. */
export async function probeLargeInput(megabytes: number): Promise<unknown> {
  return await probe({
    action: 'actions.create',
    input: { ticket_id: 1, note: 'x'.repeat(megabytes * 1_000_000) },
  });
}

/** An author's bugs. */
export async function probeBug(kind: 'error' | 'text' | 'uncaught' | 'signal'): Promise<void> {
  await Promise.resolve();
  if (kind === 'error') throw new TypeError('ticket.user is undefined');
  // oxlint-disable-next-line no-throw-literal -- authors do
  if (kind === 'text') throw 'no such customer';
  if (kind === 'uncaught') await halo.tickets.get({ id: 999_999 });
  setHandler(defineSignal('go'), () => {
    throw new RangeError('the signal was not understood');
  });
  await condition(() => false);
}
