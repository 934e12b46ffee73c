import { halo } from 'haloflow/sdk';

/** Makes a ticket urgent and leaves a private note that says why. */
export async function escalate(id: number, reason: string): Promise<string> {
  const ticket = await halo.tickets.get({ id }, { fields: ['id', 'priority_id'] });
  if (ticket.priority_id === 1) return 'it was urgent already';
  await halo.tickets.update({ id, priority_id: 1 });
  await halo.actions.create({ ticket_id: id, outcome: 'Internal Note', note: reason, hiddenfromuser: true });
  return `raised from priority ${ticket.priority_id}`;
}
