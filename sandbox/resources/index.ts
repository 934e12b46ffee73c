import type { Resource } from '../rest/resource.ts';
import { Database } from '../rest/table.ts';
import { actions } from './actions.ts';
import { agents } from './agents.ts';
import { assets } from './assets.ts';
import { attachments } from './attachments.ts';
import { contracts, invoices, items, quotes, recurringInvoices, suppliers } from './billing.ts';
import { clients, sites, users } from './people.ts';
import { reports } from './reports.ts';
import * as setup from './setup.ts';
import { opportunities, projects, tickets } from './tickets.ts';
import { notifications, webhookEvents, webhooks } from './webhooks.ts';
import { appointments, articles, lookups } from './work.ts';

const RESOURCES: readonly Resource[] = [
  actions,
  agents,
  appointments,
  assets,
  attachments,
  clients,
  contracts,
  invoices,
  recurringInvoices,
  items,
  articles,
  opportunities,
  projects,
  quotes,
  reports,
  sites,
  suppliers,
  tickets,
  users,
  lookups,
  webhooks,
  notifications,
  webhookEvents,
  ...Object.values(setup),
];

const BY_ROUTE = new Map(RESOURCES.map((resource) => [resource.route.toLowerCase(), resource]));

/** The resource of a route, without regard to case. */
export function findResource(route: string): Resource | undefined {
  return BY_ROUTE.get(route.toLowerCase());
}

/** A database with every table and nothing in it. */
export function emptyDatabase(): Database {
  const db = new Database();
  for (const { table, tableOptions } of RESOURCES) db.define(table, tableOptions);
  return db;
}
