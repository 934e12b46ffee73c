import { NORTHWIND_CLIENTS } from '../demo.ts';

/** What makes one demo tenant differ from another. */
export interface Profile {
  readonly company: string;
  readonly domain: string;
  readonly agents: number;
  /** Id of the custom field that holds serial numbers; it differs per tenant in the real world too. */
  readonly serialField: number;
  readonly tickets: number;
  readonly clients: readonly { readonly id: number; readonly name: string; readonly inactive?: boolean }[];
}

const numbered = (from: number, names: readonly string[]) =>
  names.map((name, index) => ({ id: from + index, name }));

export const PROFILES: Readonly<Record<string, Profile>> = {
  northwind: {
    company: 'Northwind MSP',
    domain: 'northwind.example',
    agents: 14,
    serialField: 42,
    tickets: 300,
    clients: [
      { id: NORTHWIND_CLIENTS.unknown, name: 'Unknown' },
      { id: NORTHWIND_CLIENTS.northwind, name: 'Northwind MSP' },
      { id: NORTHWIND_CLIENTS.acme, name: 'Acme' },
      { id: NORTHWIND_CLIENTS.globex, name: 'Globex' },
      { id: NORTHWIND_CLIENTS.initech, name: 'Initech' },
      ...numbered(15, [
        'Harbor Dental Group',
        'Pinecrest Law',
        'Redwood Fabrication',
        'Lumen Bakery',
        'Stonegate Realty',
        'Bluefin Shipping',
        'Kestrel Aviation Parts',
        'Maple Accounting',
        'Orchard Veterinary',
        'Summit Physiotherapy',
        'Tidewater Schools Trust',
        'Velo Couriers',
      ]),
      { id: 27, name: 'Old Mill Textiles', inactive: true },
    ],
  },
  globex: {
    company: 'Globex',
    domain: 'globex.example',
    agents: 5,
    serialField: 57,
    tickets: 80,
    clients: [
      { id: 1, name: 'Unknown' },
      { id: 2, name: 'Globex Headquarters' },
      { id: 3, name: 'Globex Manufacturing' },
      { id: 4, name: 'Globex Logistics' },
      { id: 5, name: 'Globex Research' },
    ],
  },
};
