/** Workflows that fire triggers. */
import { failureOf, triggers } from 'haloflow/sdk';
import type { FireOptions, FiredEvent, Manual, TriggerInput } from 'haloflow/sdk';

type Answer = FiredEvent | { readonly type: string; readonly message: string };

/** What an author's catch sees of a refusal. */
export async function fires(
  id: string,
  record?: Readonly<Record<string, unknown>>,
  options?: FireOptions,
): Promise<Answer> {
  try {
    return await triggers.fire(id, record, options);
  } catch (error) {
    const { type = '', message } = failureOf(error) ?? { message: String(error) };
    return { type, message };
  }
}

export async function firesMuch(id: string, kilobytes: number): Promise<Answer> {
  return await fires(id, { text: 'x'.repeat(kilobytes * 1_000) });
}

export async function firesDeep(id: string, levels: number): Promise<Answer> {
  let record: Record<string, unknown> = {};
  for (let level = 0; level < levels; level += 1) record = { inner: record };
  return await fires(id, record);
}

export async function echoes({ event }: TriggerInput<Manual>): Promise<Manual> {
  return await Promise.resolve(event);
}

/** One of two that fire each other for ever. */
export async function firesOn({ event }: TriggerInput<Manual>): Promise<FiredEvent> {
  const turn = Number(event['turn'] ?? 0) + 1;
  return await triggers.fire(turn % 2 === 0 ? 'ping' : 'pong', { turn });
}

/** Fires what fires it again when it has ended, through a trigger that follows it. */
export async function startsRound(): Promise<FiredEvent> {
  return await triggers.fire('round');
}
