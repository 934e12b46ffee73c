/** Criteria and parameters that a trigger of a file may not have. */
import { emptied } from './emptied.ts';
import { records, trigger } from './files.ts';
import { testRefusals } from './refused.ts';

testRefusals(emptied(), [
  [
    'criteria on a field that is not there',
    records('criteria: { all: [{ field: ticket.sumary, equals: x }] }'),
    '24:107: triggers.t.criteria.all.1.field: ticket has no field "sumary". Did you mean "ticket.summary"?',
  ],
  [
    'criteria on the records of a batch',
    records('parameters: { deliver: batch }, criteria: { field: ticket.summary, exists: true }'),
    '24:131: triggers.t.criteria.field: the event has no field "ticket". Did you mean "tickets.summary"?',
  ],
  [
    "Halo's webhook for batches",
    records('parameters: { deliver: batch, webhook: true }'),
    '24:119: triggers.t.parameters.webhook: "webhook: true" goes with "deliver: each"',
  ],
  [
    'an unknown operator',
    records('criteria: { field: ticket.summary, equalz: x }'),
    '24:123: triggers.t.criteria.equalz: unknown operator "equalz". Did you mean "equals"?',
  ],
  [
    'an unknown parameter',
    records('parameters: { everySecond: 60 }'),
    '24:94: triggers.t.parameters: unknown key "everySecond". Did you mean "everySeconds"?',
  ],
  [
    'an interval out of range',
    records('parameters: { everySeconds: 9 }'),
    '24:108: triggers.t.parameters.everySeconds: expected a whole number from 10 to 86400, found 9',
  ],
  [
    'a parameter of another type',
    records('parameters: { webhook: 1 }'),
    '24:103: triggers.t.parameters.webhook: expected true or false, found a number',
  ],
  [
    'a parameter of another word',
    records('parameters: { deliver: all }'),
    '24:103: triggers.t.parameters.deliver: expected one of each, batch; found "all"',
  ],
  [
    'parameters of a type that has none',
    trigger('parameters: { everySeconds: 60 }'),
    '24:88: triggers.t.parameters: unknown key "everySeconds".',
  ],
  [
    'cron without a time',
    trigger('', { type: 'cron' }),
    '24:3: triggers.t.parameters: say when: "expression"',
  ],
  [
    'cron with two',
    trigger('parameters: { expression: "@daily", everySeconds: 60 }', { type: 'cron' }),
    '24:117: triggers.t.parameters.everySeconds: "expression" and "everySeconds" exclude each other',
  ],
  [
    'an expression that is none',
    trigger('parameters: { expression: "61 * * * *" }', { type: 'cron' }),
    '24:93: triggers.t.parameters.expression: "61 * * * *" is not a cron expression: the minute "61" is wrong; it takes the numbers 0 to 59, ',
  ],
  [
    'a zone that is none',
    trigger('parameters: { expression: "@daily", timeZone: Europe/Berlim }', { type: 'cron' }),
    '24:113: triggers.t.parameters.timeZone: there is no time zone "Europe/Berlim". Did you mean "Europe/Berlin"?',
  ],
  [
    'a catch-up that Temporal does not take',
    trigger('parameters: { everySeconds: 60, catchUpSeconds: 5 }', { type: 'cron' }),
    '24:115: triggers.t.parameters.catchUpSeconds: expected a whole number from 10 to',
  ],
  [
    'an overlap that is none',
    trigger('parameters: { everySeconds: 60, overlap: never }', { type: 'cron' }),
    '24:108: triggers.t.parameters.overlap: expected one of skip, buffer-one',
  ],
  [
    'a header that is none',
    trigger('parameters: { deliveryKey: { headers: ["x id"] } }', { type: 'webhook' }),
    '24:109: triggers.t.parameters.deliveryKey.headers.1: expected a text that matches',
  ],
  [
    "Halo's events without one",
    trigger('parameters: { events: [] }', { type: 'halo-event' }),
    '24:95: triggers.t.parameters.events: the list is empty; name at least one',
  ],
  [
    "Halo's events left out",
    trigger('', { type: 'halo-event' }),
    '24:3: triggers.t.parameters: "events" is missing',
  ],
  [
    'an event that Halo does not have',
    trigger('parameters: { events: [Ticket Chnged] }', { type: 'halo-event' }),
    '24:96: triggers.t.parameters.events.1: there is no event "Ticket Chnged". Did you mean "Ticket Changed"?',
  ],
  [
    'new tickets as an event',
    trigger('parameters: { events: [Ticket Closed, new ticket logged] }', { type: 'halo-event' }),
    '24:111: triggers.t.parameters.events.2: for "New Ticket Logged" use a trigger of type new-ticket-record with "webhook: true"',
  ],
  [
    'the end of an unknown workflow',
    trigger('parameters: { workflows: [listAgent] }', { type: 'workflow-completed' }),
    '24:107: triggers.t.parameters.workflows.1: workflow "listAgent" does not exist. Did you mean "listAgents"?',
  ],
  [
    'an outcome that is none',
    trigger('parameters: { workflows: [triageNewTicket], outcomes: [done] }', {
      type: 'workflow-completed',
    }),
    '24:136: triggers.t.parameters.outcomes.1: expected one of completed, failed',
  ],
  [
    'a parameter of a type that has none',
    trigger('parameters: { everySeconds: 60 }'),
    '24:88: triggers.t.parameters: unknown key "everySeconds". There are none here.',
  ],
]);
