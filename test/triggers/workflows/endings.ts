/** Workflows that end in every way. */
import { ApplicationFailure, condition, executeChild } from '@temporalio/workflow';
import { halo } from 'haloflow/sdk';

export async function endsWell(result: unknown): Promise<unknown> {
  return await Promise.resolve(result);
}

export async function endsBadly(message: string): Promise<void> {
  await Promise.resolve();
  throw ApplicationFailure.nonRetryable(message, 'TicketError');
}

export async function failsInHalo(): Promise<void> {
  await halo.tickets.get({ id: 999_999 });
}

export async function failsInChild(): Promise<void> {
  await executeChild(endsBadly, { args: ['the child gave up'] });
}

export async function neverEnds(): Promise<void> {
  await condition(() => false);
}

/** Its call is under way for as long as the sandbox holds the answer back. */
export async function waitsForHalo(): Promise<void> {
  await halo.agents.list();
}

export async function returnsMuch(megabytes: number): Promise<string> {
  return await Promise.resolve('x'.repeat(megabytes * 1_000_000));
}

export async function asksHalo({ limit }: { limit: number }): Promise<string> {
  const agents = await halo.agents.list({}, { limit, fields: ['id'] });
  try {
    await halo.tickets.get({ id: 999_999 });
  } catch {
    return `${agents.length} agents, no such ticket`;
  }
  return 'both';
}
