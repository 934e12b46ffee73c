import { failureOf, halo, organizations } from 'haloflow/sdk';
import type { ErrorType, OrganizationBelow } from 'haloflow/sdk';

/** How many tickets of one client are open, or why that could not be told. */
export interface OpenTickets {
  readonly organization: string;
  readonly open: number | null;
  readonly error: { readonly type: ErrorType; readonly message: string } | null;
}

const AT_A_TIME = 5;

/** For an MSP: the open tickets of each of its enabled clients; a client that fails has a row that says why. */
export async function openTicketsReport(): Promise<OpenTickets[]> {
  const clients = (await organizations.below()).filter((organization) => organization.enabled);
  const rows: OpenTickets[] = [];
  const waiting = clients.entries();
  const take = async (): Promise<void> => {
    for (const [index, client] of waiting) rows[index] = await count(client);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, take));
  return rows;
}

async function count({ slug, client }: OrganizationBelow): Promise<OpenTickets> {
  try {
    // A mapped client lives in the MSP's own Halo; any other one is asked for with its own credentials.
    const tickets =
      client === null
        ? await halo.as(slug).tickets.list({ open_only: true }, { all: true, fields: ['id'] })
        : await halo.tickets.list({ client_id: client, open_only: true }, { all: true, fields: ['id'] });
    return { organization: slug, open: tickets.length, error: null };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { organization: slug, open: null, error: failure };
  }
}
