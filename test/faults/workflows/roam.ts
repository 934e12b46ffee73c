import { halo } from 'haloflow/sdk';

/** Leaves one note and one client for a ticket, wherever it was found. The client is known by the ticket's text. */
export async function roam({
  event,
}: {
  event: { ticket: { id: number; summary?: string | null } };
}): Promise<string> {
  const { id, summary } = event.ticket;
  const name = String(summary);
  await halo.clients.create({ name }, { once: name });
  await halo.actions.create({
    ticket_id: id,
    outcome: 'Internal Note',
    note: `haloflow roam: ${name}`,
    hiddenfromuser: true,
  });
  return name;
}
