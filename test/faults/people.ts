/** What people do in Halo meanwhile: open tickets, and some that look like those that runs open. */
import type { Random } from '../../sandbox/data/random.ts';
import type { Control } from '../support/sandbox.ts';

/** Clients of the tenant northwind that stand for organizations of the campaign. */
export const CLIENTS = { northwind: 2, acme: 12, globex: 13, initech: 14 } as const;

/** Every ticket whose summary begins so is followed up twice by runs. */
export const ALERT = 'Alert';

const SUMMARIES = ['The printer on floor 2 jams', 'Outage: nobody can reach the file server', 'New laptop'];

export interface People {
  /** Opens one ticket, every fourth an alert. */
  open(): Promise<void>;
  /** Opens one that is an alert. */
  alert(): Promise<void>;
  /** Opens one with these texts; returns its id. */
  openWith(texts: Readonly<Record<string, string>>): Promise<number>;
  /** Opens one that is equal to what a run opens beside the ticket of an alert, field by field. */
  lookAlike(): Promise<void>;
  /** Ids of all tickets that they opened. */
  readonly opened: readonly number[];
  /** Ids of the alerts among them. */
  readonly alerts: readonly number[];
  /** How many look-alikes, by the alert's id. */
  readonly lookAlikes: ReadonlyMap<number, number>;
}

export function people(halo: Control, random: Random): People {
  const opened: number[] = [];
  const alerts: { readonly id: number; readonly client: number }[] = [];
  const lookAlikes = new Map<number, number>();

  async function add(ticket: Record<string, unknown>): Promise<number> {
    const { id } = await halo.add('Tickets', ticket);
    opened.push(id as number);
    return id as number;
  }

  async function open(isAlert: boolean): Promise<void> {
    const client = random.pick(Object.values(CLIENTS));
    const summary = isAlert ? `${ALERT} ${random.guid()}` : random.pick(SUMMARIES);
    const id = await add({ summary, details: summary, client_id: client });
    if (isAlert) alerts.push({ id, client });
  }

  return {
    opened,
    get alerts() {
      return alerts.map(({ id }) => id);
    },
    lookAlikes,
    open: () => open(random.chance(0.25)),
    alert: () => open(true),
    openWith: (texts) => add({ ...texts, client_id: random.pick(Object.values(CLIENTS)) }),
    async lookAlike() {
      const alert = alerts.at(-1);
      if (!alert) return;
      lookAlikes.set(alert.id, (lookAlikes.get(alert.id) ?? 0) + 1);
      await add({
        summary: `Follow-up of ${alert.id}`,
        details: `Opened beside ticket ${alert.id}.`,
        client_id: alert.client,
      });
    },
  };
}
