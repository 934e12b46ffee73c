import type { NewTicketRecordParameters, Trigger } from '../types.ts';
import { eventSchema, record, recordDefinitions } from './eventSchema.ts';
import type { ParameterProblem, TriggerDeclaration } from './types.ts';

const each = eventSchema(
  'NewTicketRecord',
  {
    ticket: record('Ticket', 'The ticket in full, as `tickets.get` answers it.'),
    kind: {
      description: 'Set where it is a project or an opportunity.',
      type: 'string',
      enum: ['projects', 'opportunities'],
    },
  },
  { definitions: recordDefinitions('Ticket'), required: ['ticket'] },
);

const batch = eventSchema(
  'NewTicketRecordBatch',
  {
    record_count: { description: 'How many tickets there are.', type: 'integer' },
    tickets: {
      description: 'The tickets of one poll and one organization, each in full.',
      type: 'array',
      items: { $ref: '#/definitions/Ticket' },
    },
  },
  { definitions: recordDefinitions('Ticket'), required: ['record_count', 'tickets'] },
);

export const newTicketRecord: TriggerDeclaration = {
  type: 'new-ticket-record',
  title: 'New Ticket Record',
  description:
    'Starts for every new ticket of a connection, found by polling: once each, whatever dies in between.',
  source: 'feed',
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      everySeconds: {
        description: 'The interval of the poll; triggers on one connection share the smallest.',
        type: 'integer',
        minimum: 10,
        maximum: 86_400,
        default: 60,
      },
      deliver: {
        description: '`each`: one run per ticket; `batch`: one run per poll and organization.',
        type: 'string',
        enum: ['each', 'batch'],
        default: 'each',
      },
      webhook: {
        description: "Halo's webhook as a second source of the same tickets: faster, and still one run each.",
        type: 'boolean',
        default: false,
      },
      includeOwn: {
        description: 'Also tickets that haloflow itself has created.',
        type: 'boolean',
        default: false,
      },
      projects: { description: 'Also new projects.', type: 'boolean', default: false },
      opportunities: { description: 'Also new opportunities.', type: 'boolean', default: false },
    },
  },
  check: (parameters) => check(parameters as unknown as NewTicketRecordParameters),
  event: (parameters) => (deliverOf(parameters) === 'batch' ? batch : each),
};

function check({ deliver, webhook }: NewTicketRecordParameters): ParameterProblem[] {
  if (!webhook || deliver === 'each') return [];
  const message =
    '"webhook: true" goes with "deliver: each": a batch is what one poll finds, whatever Halo\'s webhook has told before';
  return [{ path: ['webhook'], message }];
}

function deliverOf(parameters: Trigger['parameters']): NewTicketRecordParameters['deliver'] {
  return (parameters as unknown as NewTicketRecordParameters).deliver;
}
