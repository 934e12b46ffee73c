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

/** Groups with scopes of their own, for reading and for changing; the names are on the pages of SaaS Alerts and n8n. */
const groups: Readonly<Record<string, readonly [read: string, change: string]>> = {
  team: ['all:teams', 'all:teams'],
  agent: ['all:standard', 'admin'],
  organisation: ['all:standard', 'admin'],
  webhook: ['admin:webhooks', 'admin:webhooks'],
  notification: ['admin:webhooks', 'admin:webhooks'],
};

/** The area of Halo that a path below `/api` belongs to: `tickets`, `customers`, …; null: none that is known. */
export function areaOf(path: string): string | null {
  const resource = resourceOf(path);
  return areas[resource] ?? (resource in groups ? `${resource}s` : null);
}

/** The scopes that a request needs, as they are ticked in Halo; empty where nothing is known of it. */
export function scopesFor(path: string, write: boolean): readonly string[] {
  const resource = resourceOf(path);
  const group = groups[resource];
  if (group) return [write ? group[1] : group[0]];
  const area = areas[resource];
  if (area === undefined) return [];
  if (area === 'reporting') return ['read:reporting', 'edit:reporting'];
  return [`${write ? 'edit' : 'read'}:${area}`];
}

/** Whether scopes that were granted include one that is needed. */
export function covers(granted: readonly string[], needed: string): boolean {
  return granted.some(
    (scope) =>
      scope === needed ||
      scope === 'all' ||
      (scope === 'all:standard' && /^(read|edit):/.test(needed)) ||
      (scope === 'admin' && /^(admin:|all:)/.test(needed)) ||
      scope === needed.replace(/^read:/, 'edit:'),
  );
}

const resourceOf = (path: string): string => (path.split('/')[1] ?? '').toLowerCase();

/**
 * The scopes that a request needs, in words for an error message. The names are those that HaloAPI
 * (Classes/HaloAuth.psm1) lists; which of them covers /Team is on the SaaS Alerts page.
 */
export function neededScopes(path: string, write: boolean): string {
  const resource = resourceOf(path);
  if (resource === 'team') return 'scope all:teams (or all)';
  const area = areas[resource];
  if (area === undefined) return 'a scope that covers it, such as all';
  // A report preview writes a report that is never saved: Halo asks for both rights.
  if (area === 'reporting') return 'scopes read:reporting and edit:reporting (or all)';
  return `scope ${write ? 'edit' : 'read'}:${area} (or all)`;
}
