/** The area of Halo's scopes (`read:tickets`, `edit:tickets`) that each resource belongs to, by first path segment. */
const areas: Readonly<Record<string, string>> = {
  actions: 'tickets',
  attachment: 'tickets',
  status: 'tickets',
  tickets: 'tickets',
  tickettype: 'tickets',
  appointment: 'calendar',
  client: 'customers',
  site: 'customers',
  toplevel: 'customers',
  users: 'customers',
  crmnote: 'crm',
  timesheet: 'timesheets',
  timesheetevent: 'timesheets',
  clientcontract: 'contracts',
  supplier: 'suppliers',
  suppliercontract: 'suppliers',
  item: 'items',
  projects: 'projects',
  opportunities: 'sales',
  quotation: 'quotes',
  salesorder: 'sos',
  purchaseorder: 'pos',
  invoice: 'invoices',
  recurringinvoice: 'invoices',
  report: 'reporting',
  software: 'software',
  softwarelicence: 'softwarelicensing',
  kbarticle: 'kb',
  asset: 'assets',
};

/**
 * The scopes that a request needs, in words for an error message. The names are those that HaloAPI
 * (Classes/HaloAuth.psm1) lists; which of them covers /Team is on the SaaS Alerts page.
 */
export function neededScopes(path: string, write: boolean): string {
  const resource = (path.split('/')[1] ?? '').toLowerCase();
  if (resource === 'team') return 'scope all:teams (or all)';
  const area = areas[resource];
  if (area === undefined) return 'a scope that covers it, such as all';
  // A report preview writes a report that is never saved: Halo asks for both rights.
  if (area === 'reporting') return 'scopes read:reporting and edit:reporting (or all)';
  return `scope ${write ? 'edit' : 'read'}:${area} (or all)`;
}
