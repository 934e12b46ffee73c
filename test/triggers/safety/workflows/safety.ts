/** Workflows that the tests of safety start. */
import { failureOf, halo } from 'haloflow/sdk';
import { condition, defineSignal, setHandler } from '@temporalio/workflow';

interface Input {
  readonly event: { readonly ticket: { readonly id: number; readonly summary?: string | null } };
}

/** Opens a ticket on the tenant that started it; a ticket that it opened is followed up once more, and that is all. */
export async function opensAnother({ event }: Input): Promise<number | null> {
  const depth = Number(/^Generation (\d)$/.exec(event.ticket.summary ?? '')?.[1] ?? 0);
  if (depth >= 2) return null;
  const made = await halo.tickets.create({ summary: `Generation ${depth + 1}`, client_id: 12 });
  return made.id ?? null;
}

export const goOn = defineSignal('goOn');

/** Waits for a signal, then asks Halo; returns how that went. */
export async function asksLater(): Promise<string> {
  let told = false;
  setHandler(goOn, () => {
    told = true;
  });
  await condition(() => told);
  try {
    await halo.agents.list({}, { fields: ['id'] });
    return 'asked';
  } catch (error) {
    return failureOf(error)?.type ?? 'another error';
  }
}

/** Fails for every ticket that says so. */
export async function failsSometimes({ event }: Input): Promise<string> {
  await Promise.resolve();
  if (event.ticket.summary?.startsWith('Poison')) throw new Error('this ticket is poison');
  return 'done';
}
