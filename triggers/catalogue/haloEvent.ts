import type { JsonSchema } from '../../actions/types.ts';
import { didYouMean } from '../../nearest.ts';
import type { HaloEventParameters } from '../types.ts';
import { eventSchema, record, recordDefinitions } from './eventSchema.ts';
import { haloEventNamed, haloEvents, NEW_TICKET_LOGGED } from './haloEvents.ts';
import type { ParameterProblem, TriggerDeclaration } from './types.ts';

const names = haloEvents.map(({ name }) => name);

const definitions = recordDefinitions('Ticket', 'Action', 'Client', 'Site', 'User', 'Invoice');

const nested: JsonSchema = { type: ['object', 'null'], additionalProperties: true };

/** A ticket by the API has ids and names; one from a template nests them (facts: the page of ilert). */
const templated: JsonSchema = {
  ...definitions['Ticket'],
  properties: {
    ...(definitions['Ticket']?.['properties'] as Readonly<Record<string, JsonSchema>>),
    status: nested,
    priority: nested,
    tickettype: nested,
    agent: nested,
  },
};

const event = eventSchema(
  'HaloEvent',
  {
    event: { description: "Which of Halo's events it is, by its name.", type: 'string', enum: names },
    object_id: { description: "Halo's id of what it happened to.", type: ['integer', 'null'] },
    timestamp: { description: 'When it happened, as Halo sent it.', type: ['string', 'null'] },
    delivery: { description: "Halo's id of the delivery.", type: ['string', 'null'] },
    ticket: record('Ticket', 'The ticket, where Halo sent it.'),
    action: record('Action', 'The action (note) behind it, where Halo sent it.'),
    client: record('Client', 'The client, where Halo sent it.'),
    site: record('Site', 'The site.'),
    user: record('User', 'The user.'),
    invoice: record('Invoice', 'The invoice.'),
  },
  { definitions: { ...definitions, Ticket: templated }, required: ['event'] },
);

export const haloEvent: TriggerDeclaration = {
  type: 'halo-event',
  title: 'Halo Event',
  description:
    "Starts on events that Halo sends to haloflow's webhook: changes of tickets, sites, users and invoices. Halo sends each once and does not repeat what is lost.",
  source: 'halo',
  parameters: {
    type: 'object',
    additionalProperties: false,
    required: ['events'],
    properties: {
      events: {
        description: `Which events, by name: ${names.join(', ')}.`,
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
      },
      includeOwn: {
        description: 'Also changes that haloflow itself has made.',
        type: 'boolean',
        default: false,
      },
    },
  },
  check: (parameters) => checkEvents(parameters as unknown as HaloEventParameters),
  normalise: (parameters) => {
    const { events } = parameters as unknown as HaloEventParameters;
    return { ...parameters, events: [...new Set(events.map((name) => haloEventNamed(name)?.name ?? name))] };
  },
  event: () => event,
};

function checkEvents({ events }: HaloEventParameters): ParameterProblem[] {
  return events.flatMap((name, index) => {
    const kind = haloEventNamed(name);
    if (kind === NEW_TICKET_LOGGED) {
      return [
        {
          path: ['events', index],
          message: `for "${NEW_TICKET_LOGGED.name}" use a trigger of type new-ticket-record with "webhook: true": polling finds what Halo's webhook loses, and each ticket still runs once`,
        },
      ];
    }
    if (kind) return [];
    const hint = didYouMean(name, names) || ` Known are: ${names.join(', ')}.`;
    return [{ path: ['events', index], message: `there is no event "${name}".${hint}` }];
  });
}
