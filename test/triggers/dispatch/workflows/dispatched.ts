/** Workflows that the tests of the dispatch start. */
import { halo } from 'haloflow/sdk';

/** Returns what it was started with. */
export async function echo(input: unknown): Promise<unknown> {
  return await Promise.resolve(input);
}

/** The poison: every run of it fails. */
export async function poison(): Promise<never> {
  return await Promise.reject(new Error('this ticket is poison'));
}

/** Creates a ticket on the tenant that it was triggered by. */
export async function createsTicket(): Promise<number> {
  const { id } = await halo
    .using({ use: 'default' })
    .tickets.create({ summary: 'Made by a workflow', client_id: 12 });
  return id;
}
