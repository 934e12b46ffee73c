/** The tickets that people and machines send in while the demo runs, over and over. */
import type { NORTHWIND_CLIENTS } from '../../sandbox/demo.ts';

const INCIDENT = 1;
const SERVICE_REQUEST = 2;

export interface DemoTicket {
  /** As Halo calls the client. */
  readonly client: keyof typeof NORTHWIND_CLIENTS;
  readonly tickettype_id: number;
  readonly summary: string;
  readonly details: string;
}

/** In an order in which every outcome comes soon: an outage, a filtered one, a client without a mapping. */
export const DEMO_TICKETS: readonly DemoTicket[] = [
  {
    client: 'acme',
    tickettype_id: INCIDENT,
    summary: 'Internet is down in the whole office',
    details: 'Nobody can reach anything outside since nine.',
  },
  {
    client: 'northwind',
    tickettype_id: INCIDENT,
    summary: 'Auto: nightly backup completed',
    details: 'All jobs succeeded.',
  },
  {
    client: 'globex',
    tickettype_id: INCIDENT,
    summary: 'Printer on the second floor jams',
    details: 'Paper jams on every second page since this morning.',
  },
  {
    client: 'initech',
    tickettype_id: INCIDENT,
    summary: 'Mail server not responding',
    details: 'All users cannot connect.',
  },
  {
    client: 'acme',
    tickettype_id: SERVICE_REQUEST,
    summary: 'New chair for the front desk',
    details: 'The old one is worn out.',
  },
  {
    client: 'northwind',
    tickettype_id: INCIDENT,
    summary: 'Phone system is down',
    details: 'Everyone can call out, no one can be called.',
  },
  {
    client: 'acme',
    tickettype_id: INCIDENT,
    summary: 'Password reset',
    details: 'Locked out after the holiday, please call back.',
  },
  {
    client: 'acme',
    tickettype_id: INCIDENT,
    summary: 'Auto: disk of srv-2 is at 81 %',
    details: 'Threshold: 80 %.',
  },
];
