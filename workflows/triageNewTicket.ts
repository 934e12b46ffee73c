import { failureOf, halo } from 'haloflow/sdk';
import type { NewTicketRecord, TriggerInput } from 'haloflow/sdk';

export interface TriageVariables {
  /** Halo's priority for outages; the smaller the number, the more urgent. Default 1. */
  readonly urgentPriority?: number;
}

export interface Triage {
  readonly ticket: number;
  readonly outage: boolean;
  /** What the note says. */
  readonly decision: string;
}

/** Halo says 0 or nothing. */
const NO_PRIORITY = Number.POSITIVE_INFINITY;

const OUTAGE =
  /\b(outage|offline|unreachable|not responding|no internet|no connection|(is|are|went|goes) down|(nobody|no one|everyone|all users) (can|can't|cannot)|cannot (connect|reach))\b/i;

/** Raises the priority of a ticket that reads like an outage, and leaves one private note that says what was decided. */
export async function triageNewTicket({
  event,
  variables,
}: TriggerInput<NewTicketRecord, TriageVariables>): Promise<Triage> {
  // Runs that somebody starts by hand may come without variables.
  const { urgentPriority = 1 } = variables ?? {};
  const ticket = await halo.tickets.get(
    { id: event.ticket.id },
    { fields: ['id', 'summary', 'details', 'priority_id'] },
  );
  const outage = OUTAGE.test(`${ticket.summary ?? ''}\n${ticket.details ?? ''}`);
  const decision = outage
    ? await raise(event.ticket.id, ticket.priority_id || NO_PRIORITY, urgentPriority)
    : 'It does not read like an outage; the priority was left as it is.';
  await halo.actions.create({
    ticket_id: event.ticket.id,
    outcome: 'Internal Note',
    note: `haloflow triage: ${decision}`,
    hiddenfromuser: true,
  });
  return { ticket: event.ticket.id, outage, decision };
}

async function raise(id: number, current: number, urgent: number): Promise<string> {
  if (current <= urgent) return `It reads like an outage; its priority is ${current} already.`;
  try {
    await halo.tickets.update({ id, priority_id: urgent });
    return `It reads like an outage; its priority was raised to ${urgent}.`;
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return `It reads like an outage, but its priority could not be raised to ${urgent}: ${failure.message}`;
  }
}
