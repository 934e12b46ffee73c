/** Rules over all types of triggers, and what single ones say about their parameters. */
import { z } from 'zod';
import { definition } from '../../actions/schemas.ts';
import type { JsonSchema } from '../../actions/types.ts';
import { cronProblem, readCron, timeZoneNamed } from '../../triggers/catalogue/cronExpression.ts';
import { haloEventNamed, haloEvents } from '../../triggers/catalogue/haloEvents.ts';
import { triggerTypes } from '../../triggers/catalogue/index.ts';
import type { TriggerDeclaration } from '../../triggers/catalogue/types.ts';
import { checkCriteria } from '../../triggers/criteria/check.ts';

const declarations = Object.entries(triggerTypes);
type Properties = Readonly<Record<string, JsonSchema>>;
const propertiesOf = (schema: JsonSchema | undefined): Properties =>
  (schema?.['properties'] ?? {}) as Properties;
const fieldsOf = (declaration: TriggerDeclaration, parameters = {}): string[] =>
  Object.keys(propertiesOf(declaration.event(parameters)));

/** Every schema below and including this one. */
function schemasIn(schema: JsonSchema): JsonSchema[] {
  const items = schema['items'] as JsonSchema | undefined;
  const inner = [...Object.values(propertiesOf(schema)), ...(items ? [items] : [])];
  return [schema, ...inner.flatMap(schemasIn)];
}

describe.each(declarations)('%s', (name, declaration) => {
  test('is declared under its name, and says what it is', () => {
    expect(declaration.type).toBe(name);
    expect(declaration.title).toMatch(/^[A-Z]/);
    expect(declaration.description).toMatch(/\.$/);
  });

  test('takes closed parameters, each described, each required or with a default', () => {
    const { parameters } = declaration;
    for (const schema of schemasIn(parameters).filter(({ type }) => type === 'object')) {
      expect(schema['additionalProperties']).toBe(false);
      const required = (schema['required'] ?? []) as string[];
      for (const [key, property] of Object.entries(propertiesOf(schema))) {
        expect(property['description']).toMatch(/\.$/);
        const isSettled = required.includes(key) || 'default' in property || property['type'] === 'object';
        expect([key, isSettled]).toEqual([key, true]);
      }
    }
  });

  test('has schemas that compile, and defaults that fit them', () => {
    const compile = (schema: JsonSchema) => z.fromJSONSchema(schema, { defaultTarget: 'draft-7' });
    for (const schema of schemasIn(declaration.parameters)) {
      if ('default' in schema) expect(compile(schema).safeParse(schema['default']).success).toBe(true);
    }
    expect(() => compile(declaration.parameters)).not.toThrow();
    for (const parameters of [{}, { deliver: 'batch' }]) {
      expect(() => compile(declaration.event(parameters))).not.toThrow();
    }
  });

  test('describes what is in its events', () => {
    for (const [key, property] of Object.entries(propertiesOf(declaration.event({})))) {
      expect([key, property['description']]).toEqual([key, expect.stringMatching(/\.$/)]);
    }
  });
});

describe('new tickets', () => {
  const { event } = triggerTypes['new-ticket-record'];

  test('come each in full, or as the batch of the Rewst page', () => {
    expect(fieldsOf(triggerTypes['new-ticket-record'], { deliver: 'each' })).toEqual([
      'ticket',
      'kind',
      'organization',
    ]);
    expect(fieldsOf(triggerTypes['new-ticket-record'], { deliver: 'batch' })).toEqual([
      'record_count',
      'tickets',
      'organization',
    ]);
    for (const deliver of ['each', 'batch']) {
      const { definitions } = event({ deliver }) as { definitions: Properties };
      const known = Object.keys(propertiesOf(definition('Ticket')));
      expect(Object.keys(propertiesOf(definitions['Ticket']))).toEqual(known);
    }
  });

  test.each([
    'ticket.summary',
    'ticket.tickettype_id',
    'ticket.customfields.CFserial',
    'ticket.customfields.0.value',
  ])('can be told apart by %s', (field) => {
    expect(checkCriteria({ field, exists: true }, event({ deliver: 'each' }))).toEqual([]);
  });
});

test.each([
  ['always-pass', 'anything.at.all'],
  ['webhook', 'body.alert.severity'],
  ['webhook', 'headers.x-event'],
  ['webhook', 'query.source'],
  ['cron', 'scheduled_at'],
  ['halo-event', 'ticket.status.name'],
  ['halo-event', 'ticket.status_id'],
  ['halo-event', 'invoice.client_id'],
  ['workflow-completed', 'run.error.type'],
  ['workflow-completed', 'result.tickets.0.id'],
] as const)('criteria of %s reach %s', (type, field) => {
  expect(checkCriteria({ field, exists: true }, triggerTypes[type].event({}))).toEqual([]);
});

test.each([
  ['new-ticket-record', 'summary'],
  ['cron', 'ticket.id'],
  ['webhook', 'headerz.x'],
  ['halo-event', 'ticket.stattus.name'],
  ['workflow-completed', 'run.sttaus'],
] as const)('criteria of %s do not reach %s', (type, field) => {
  expect(checkCriteria({ field, exists: true }, triggerTypes[type].event({}))).toHaveLength(1);
});

describe("Halo's events", () => {
  test.each([
    ['Ticket Changed', 'Ticket Changed'],
    ['ticket status changed', 'Ticket Status Changed'],
    ['Status Changed', 'Ticket Status Changed'],
    ['Closed', 'Ticket Closed'],
    ['Invoice Created', 'Invoice created'],
    ['SITE_DELETED', 'Site deleted'],
    ['New Ticket Logged', 'New Ticket Logged'],
  ])('%s is %s', (said, name) => {
    expect(haloEventNamed(said)?.name).toBe(name);
  });

  test('are those of the MSPbots and ilert pages, in every spelling one', () => {
    const spellings = haloEvents.flatMap(({ name, also }) =>
      [name, ...also].map((text) => text.toLowerCase()),
    );
    expect(new Set(spellings).size).toBe(spellings.length);
    expect(haloEvents.map(({ name }) => name)).toEqual([
      'Ticket Changed',
      'Ticket Status Changed',
      'Ticket Closed',
      'Ticket Deleted',
      ...['Site', 'User', 'Invoice'].flatMap((subject) =>
        ['created', 'updated', 'deleted'].map((what) => `${subject} ${what}`),
      ),
    ]);
    expect(haloEventNamed('Ticket Deleted')?.number).toBe(1072);
    expect(haloEventNamed('constructor')).toBeUndefined();
  });

  test('are brought to one spelling, each once', () => {
    const { normalise } = triggerTypes['halo-event'];
    expect(normalise?.({ events: ['closed', 'Ticket Closed', 'user CREATED'], includeOwn: false })).toEqual({
      events: ['Ticket Closed', 'User created'],
      includeOwn: false,
    });
  });
});

describe('cron expressions', () => {
  test.each([
    '* * * * *',
    '0 8 * * mon-fri',
    '*/10 7-19 1,15 JAN,mar *',
    '30 0 8 * * *',
    '@daily',
    ' 0 8 29 2 * ',
  ])('%s is one', (expression) => {
    expect(cronProblem(expression)).toBeNull();
  });

  test.each([
    ['', 'it has 0 fields'],
    ['8', 'it has 1 field;'],
    ['* * * *', 'it has 4 fields'],
    ['0 0 8 * * * 2030', 'it has 7 fields'],
    [
      '60 * * * *',
      'the minute "60" is wrong; it takes the numbers 0 to 59, each once: alone, in a list (1,3), ',
    ],
    ['70 * * * * *', 'the second "70" is wrong; it takes the numbers 0 to 59,'],
    ['0 22-2 * * *', 'the hour "22-2" is wrong; it takes the numbers 0 to 23, '],
    ['0 0 0 * *', 'the day of month "0" is wrong; it takes the numbers 1 to 31, '],
    ['0 0 * foo *', 'the month "foo" is wrong; it takes the numbers 1 to 12, or jan to dec, '],
    [
      '0 0 * * fri-mon',
      'the day of week "fri-mon" is wrong; it takes the numbers 0 to 7 (0 and 7 are Sunday), or ',
    ],
    ['1,* * * * *', 'the minute "1,*" is wrong'],
    ['*/0 * * * *', 'the minute "*/0" is wrong'],
    ['0 0 30 2 *', 'its days of the month are in none of its months'],
    ['@every 5m', 'write five fields, or one of @hourly'],
    ['@reboot', 'write five fields, or one of @hourly'],
    ['H * * * *', '"H" is not supported'],
    ['0 0 L * *', '"L" is not supported'],
    ['0 0 * * 5#2', '"#" is not supported'],
    ['a b c d e', 'the minute "a" is wrong'],
  ])('%j is none: %s', (expression, reason) => {
    expect(cronProblem(expression)).toContain(reason);
  });

  const days = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('become calendars, with either of two days matching as cron has it', () => {
    expect(readCron('0 8 * * 7').calendars).toEqual([
      { second: [0], minute: [0], hour: [8], dayOfMonth: days(1, 31), month: days(1, 12), dayOfWeek: [0] },
    ]);
    expect(readCron('5 0 8 1 6 mon').calendars).toEqual([
      { second: [5], minute: [0], hour: [8], dayOfMonth: [1], month: [6], dayOfWeek: days(0, 6) },
      { second: [5], minute: [0], hour: [8], dayOfMonth: days(1, 31), month: [6], dayOfWeek: [1] },
    ]);
  });

  test.each([
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Berlim', null],
    ['+02:00', null],
    ['', null],
    ['../etc', null],
  ])('the time zone %j is %j', (name, zone) => {
    expect(timeZoneNamed(name)).toBe(zone);
  });
});
