/** The catalogue: every action of every resource, by id. */
import { actions } from './resources/actions.ts';
import { agents } from './resources/agents.ts';
import { appointments } from './resources/appointments.ts';
import { assets } from './resources/assets.ts';
import { attachments } from './resources/attachments.ts';
import { clients } from './resources/clients.ts';
import { contracts } from './resources/contracts.ts';
import { halo } from './resources/halo.ts';
import { invoices } from './resources/invoices.ts';
import { items } from './resources/items.ts';
import { knowledgeBaseArticles } from './resources/knowledgeBaseArticles.ts';
import { opportunities } from './resources/opportunities.ts';
import { organisations } from './resources/organisations.ts';
import { projects } from './resources/projects.ts';
import { quotes } from './resources/quotes.ts';
import { reports } from './resources/reports.ts';
import { sites } from './resources/sites.ts';
import { statuses } from './resources/statuses.ts';
import { suppliers } from './resources/suppliers.ts';
import { teams } from './resources/teams.ts';
import { ticketTypes } from './resources/ticketTypes.ts';
import { tickets } from './resources/tickets.ts';
import { topLevels } from './resources/topLevels.ts';
import { users } from './resources/users.ts';
import type { Action } from './types.ts';

/** All actions by id, derived ones included: tickets first, because opportunities and projects are tickets too. */
export const catalogue: ReadonlyMap<string, Action> = new Map(
  [
    ...tickets,
    ...actions,
    ...agents,
    ...appointments,
    ...assets,
    ...attachments,
    ...clients,
    ...contracts,
    ...halo,
    ...invoices,
    ...items,
    ...knowledgeBaseArticles,
    ...opportunities,
    ...organisations,
    ...projects,
    ...quotes,
    ...reports,
    ...sites,
    ...statuses,
    ...suppliers,
    ...teams,
    ...ticketTypes,
    ...topLevels,
    ...users,
  ].map((action) => [action.id, action]),
);

/** The action of that id, if there is one. */
export function findAction(id: string): Action | undefined {
  return catalogue.get(id);
}
