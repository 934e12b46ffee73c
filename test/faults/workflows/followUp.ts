import { halo } from 'haloflow/sdk';

/** Opens a second ticket beside the one that started it. Two triggers of the campaign start it, so two equal ones. */
export async function followUp({
  event,
}: {
  event: { ticket: { id: number; client_id?: number | null } };
}): Promise<number> {
  const { id, client_id: client } = event.ticket;
  const made = await halo.tickets.create({
    summary: `Follow-up of ${id}`,
    details: `Opened beside ticket ${id}.`,
    ...(client ? { client_id: client } : {}),
  });
  return made.id ?? 0;
}
