import { halo, variables } from 'haloflow/sdk';

/** Opens a ticket that carries the customer's key of the portal. */
export async function register(summary: string): Promise<number | undefined> {
  const priority = await variables.get<number>('urgentPriority');
  const ticket = await halo.tickets.create({
    summary,
    priority_id: priority,
    third_party_call_id: variables.secret('apiKey'),
  });
  return ticket.id;
}
