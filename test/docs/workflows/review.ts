import { organizations, triggers } from 'haloflow/sdk';

/** Starts the review of each client, in a run of its own. */
export async function reviewClients(month: string): Promise<number> {
  const clients = (await organizations.below()).filter(({ enabled }) => enabled);
  for (const { slug } of clients) await triggers.fire('review', { month }, { organization: slug });
  return clients.length;
}
