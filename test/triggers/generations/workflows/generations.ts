/** Workflows that the tests of moved and restored Halos start. */
import { call, halo } from 'haloflow/sdk';

/** Returns what it was started with. */
export async function echo(input: unknown): Promise<unknown> {
  return await Promise.resolve(input);
}

/** Creates a record with a business key. */
export async function creates(
  action: string,
  input: Readonly<Record<string, unknown>>,
  once: string,
): Promise<unknown> {
  return await call(action, input, { once });
}

/** Creates a ticket when one comes in, as a loop would. */
export async function follows(): Promise<unknown> {
  return await halo.tickets.create({ summary: 'Follow-up', client_id: 12 });
}
