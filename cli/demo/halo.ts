/** What the demo does to the local Halo behind the back of haloflow: people's tickets in, and a look at the notes. */
import { NORTHWIND_CLIENTS } from '../../sandbox/demo.ts';
import type { SandboxTenant } from '../../sandbox/sandbox.ts';
import type { DemoTicket } from './tickets.ts';

async function ask(url: string, body?: object): Promise<unknown> {
  const reply = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
  return await reply.json();
}

/** Creates a ticket as a person would; returns its id. */
export async function addTicket({ controlUrl }: SandboxTenant, ticket: DemoTicket): Promise<number> {
  const { client, ...rest } = ticket;
  const record = { ...rest, client_id: NORTHWIND_CLIENTS[client] };
  const created = (await ask(`${controlUrl}/records/Tickets`, record)) as { id: number };
  return created.id;
}

/** The notes on a ticket that customers do not see, oldest first. */
export async function privateNotes(
  { controlUrl }: SandboxTenant,
  ticket: number,
): Promise<readonly string[]> {
  const url = `${controlUrl}/records/Actions?ticket_id=${ticket}&hiddenfromuser=true`;
  const notes = (await ask(url)) as readonly { note: string }[];
  return notes.map(({ note }) => note);
}
