import { bundle, definition } from '../../actions/schemas.ts';
import type { JsonSchema } from '../../actions/types.ts';
import { checkCriteria } from '../../triggers/criteria/check.ts';

const ticketEvent: JsonSchema = bundle(
  {
    type: 'object',
    properties: {
      ticket: { $ref: '#/definitions/Ticket' },
      organization: { type: ['string', 'null'] },
      kind: { enum: ['tickets', 'projects', 'opportunities'] },
    },
  },
  { Ticket: definition('Ticket') },
);

const batchEvent: JsonSchema = bundle({
  type: 'object',
  properties: {
    record_count: { type: 'integer' },
    tickets: { type: 'array', items: { $ref: '#/definitions/Ticket' } },
  },
});

const webhookEvent: JsonSchema = {
  type: 'object',
  properties: {
    method: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    query: { type: 'object', additionalProperties: true },
    body: {},
  },
};

const messages = (criteria: unknown, schema: JsonSchema = ticketEvent): string[] =>
  checkCriteria(criteria, schema).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('criteria that fit the event', () => {
  it.each([
    [
      {
        all: [
          { field: 'ticket.tickettype_id', in: [1, 4] },
          { not: { field: 'ticket.summary', matches: '^Auto:' } },
        ],
      },
    ],
    [
      {
        any: [
          { field: 'ticket.priority_id', less: 3 },
          { field: 'ticket.hasbeenclosed', equals: true },
        ],
      },
    ],
    [{ field: 'ticket.id', greater: 10, less: 20 }],
    [{ field: 'ticket.id', equals: '21' }],
    [{ field: 'ticket.dateoccurred', after: '2026-01-31', before: '2026-03-01T08:00:00+01:00' }],
    [{ field: 'ticket.summary', contains: 'printer', ignoreCase: true }],
    [{ field: 'ticket.customfields.CFseverity', equals: 3 }],
    [{ field: 'ticket.customfields.0.value', exists: true }],
    [{ field: 'ticket.child_ticket_ids', contains: 5 }],
    [{ field: 'organization', exists: false }],
    [{ field: 'kind', in: ['tickets', 'projects'] }],
  ])('%j is accepted', (criteria) => {
    expect(messages(criteria)).toEqual([]);
  });

  it('reach into every ticket of a batch, or into one by its position', () => {
    expect(messages({ field: 'tickets.tickettype_id', in: [1] }, batchEvent)).toEqual([]);
    expect(messages({ field: 'tickets.0.id', greater: 1 }, batchEvent)).toEqual([]);
    expect(messages({ field: 'record_count', greater: 1 }, batchEvent)).toEqual([]);
  });

  it('reach anywhere in a body that nobody can know', () => {
    expect(messages({ field: 'body.alert.tags.0.name', startsWith: 'prod' }, webhookEvent)).toEqual([]);
    expect(messages({ field: 'headers.x-source', equals: 'rmm' }, webhookEvent)).toEqual([]);
    expect(messages({ field: 'query.page', greater: 2 }, webhookEvent)).toEqual([]);
  });
});

describe('a field that the event does not have', () => {
  it('is refused with its place and the name that was meant', () => {
    const criteria = {
      all: [{ field: 'ticket.id', equals: 1 }, { not: { field: 'ticket.sumary', matches: 'x' } }],
    };
    expect(checkCriteria(criteria, ticketEvent)).toEqual([
      {
        path: ['all', 1, 'not', 'field'],
        message: 'ticket has no field "sumary". Did you mean "ticket.summary"?',
      },
    ]);
  });

  it('is found where the beginning of its path was left out', () => {
    expect(messages({ field: 'tickettype_id', equals: 1 })).toEqual([
      'field: the event has no field "tickettype_id". Did you mean "ticket.tickettype_id"?',
    ]);
  });

  it('is never answered with a name under which the rest of the path does not exist', () => {
    expect(messages({ field: 'ticket.user.name', exists: true })[0]).toMatch(
      /no field "user"\. It has: id, /,
    );
  });

  it('is refused below a value that has no fields', () => {
    expect(messages({ field: 'ticket.summary.length', greater: 1 })[0]).toMatch(
      /ticket\.summary has no field "length"/,
    );
  });

  it('is refused in a list whose elements are known', () => {
    expect(messages({ field: 'tickets.sumary', equals: 'x' }, batchEvent)).toEqual([
      'field: tickets has no field "sumary". Did you mean "tickets.summary"?',
    ]);
  });

  it.each(['__proto__', 'constructor', 'ticket.__proto__.id', 'ticket.constructor.name', 'ticket.toString'])(
    '%s is none',
    (field) => {
      expect(messages({ field, exists: true })[0]).toMatch(/has no field/);
    },
  );

  it.each(['', '.', 'ticket..id', 'ticket.', ' ticket.id', 'x'.repeat(301)])('%j is no path', (field) => {
    expect(messages({ field, exists: true })).toHaveLength(1);
  });
});

describe('the shape', () => {
  it.each([
    ['text', 'ticket.id > 5', /a string is no condition/],
    ['a list', [{ field: 'ticket.id', equals: 1 }], /a list is no condition/],
    ['nothing', null, /nothing is no condition/],
    ['an empty group', { any: [] }, /any: "any" has to be a list of at least one/],
    ['a group that is no list', { all: { field: 'ticket.id', equals: 1 } }, /"all" has to be a list/],
    ['two groups', { all: [{ field: 'ticket.id', equals: 1 }], any: [] }, /"any" cannot stand beside "all"/],
    ['a misspelt operator', { field: 'ticket.summary', startWith: 'A' }, /Did you mean "startsWith"/],
    ['a misspelt group', { al: [] }, /Did you mean "all"/],
    ["another product's operator", { field: 'ticket.id', '>=': 5, gt: 5 }, /Did you mean "greater"/],
    ['no operator', { field: 'ticket.id' }, /no operator/],
    ['no field', { equals: 5 }, /no "field"/],
    ['an inherited operator', { field: 'ticket.id', toString: 5 }, /unknown operator "toString"/],
    ['a path that is none', { field: 5, equals: 5 }, /dot path/],
  ])('%s is refused', (_what, criteria, message) => {
    expect(messages(criteria).join('\n')).toMatch(message);
  });

  it('tells every mistake at once', () => {
    const criteria = { any: [{ field: 'ticket.nope', equals: 1 }, { field: 'ticket.id', matches: 'x' }, 5] };
    expect(checkCriteria(criteria, ticketEvent).map(({ path }) => path.join('.'))).toEqual([
      'any.0.field',
      'any.1.matches',
      'any.2',
    ]);
  });

  it('is bounded in depth and size', () => {
    let deep: unknown = { field: 'ticket.id', equals: 1 };
    for (let level = 0; level < 5_000; level += 1) deep = { not: deep };
    expect(messages(deep).join()).toMatch(/nested more than 20 deep/);
    const wide = { any: Array.from({ length: 5_000 }, () => ({ field: 'ticket.id', equals: 1 })) };
    expect(messages(wide)).toEqual([': more than 200 conditions: write several triggers']);
    const endless: { all: unknown[] } = { all: [] };
    endless.all.push(endless, endless);
    expect(messages(endless).join()).toMatch(/nested more than 20 deep/);
  });
});

describe('what a field is compared with', () => {
  it.each([
    [
      'a pattern on a number',
      { field: 'ticket.id', matches: '^2' },
      /ticket\.id is a number: compare it with/,
    ],
    ['a text inside a number', { field: 'ticket.id', contains: '2' }, /is a number/],
    [
      'a text that is no number',
      { field: 'ticket.tickettype_id', in: [1, 'Incident'] },
      /in\.1: .*never "Incident"/,
    ],
    ['greater than a text', { field: 'ticket.id', greater: '5' }, /has to be a number/],
    ['greater than a date', { field: 'ticket.dateoccurred', greater: '2026-01-01' }, /"before" and "after"/],
    ['a text greater than a number', { field: 'ticket.summary', greater: 5 }, /compare numbers/],
    ['a number equal to a text', { field: 'ticket.team', equals: 5 }, /write "5"/],
    ['a truth value equal to a text', { field: 'ticket.hasbeenclosed', equals: 'closed' }, /true or false/],
    ['a date that is none', { field: 'ticket.dateoccurred', after: 'yesterday' }, /ISO 8601/],
    ['the 30th of February', { field: 'ticket.dateoccurred', after: '2026-02-30' }, /ISO 8601/],
    ['a date on a number', { field: 'ticket.id', after: '2026-01-01' }, /"greater" or "less"/],
    ['a missing list', { field: 'ticket.id', in: 1 }, /has to be a list/],
    ['an empty list', { field: 'ticket.id', in: [] }, /at least one/],
    ['null', { field: 'ticket.id', equals: null }, /exists: false/],
    ['an object', { field: 'ticket.id', equals: {} }, /text, a number, or true or false/],
    ['no number', { field: 'ticket.id', less: Number.NaN }, /has to be a number/],
    ['the empty text', { field: 'ticket.summary', contains: '' }, /holds for everything/],
    ['"yes" for exists', { field: 'ticket.id', exists: 'yes' }, /true or false/],
    ['case without text', { field: 'ticket.id', greater: 5, ignoreCase: true }, /ignoreCase.*leave it out/],
    ['case that is none', { field: 'ticket.summary', equals: 'x', ignoreCase: 'yes' }, /true or false/],
    ['a choice that there is not', { field: 'kind', equals: 'ticket' }, /Did you mean "tickets"/],
    ['an object as a value', { field: 'ticket', equals: 'x' }, /is an object/],
    ['a character that Postgres refuses', { field: 'ticket.summary', equals: 'a\0b' }, /cannot be stored/],
  ])('%s is refused', (_what, criteria, message) => {
    expect(messages(criteria).join('\n')).toMatch(message);
  });

  it.each([
    ['(', /missing closing/],
    ['(?=a)b', /look-around/],
    ['(a)\\1', /back-references/],
    ['a'.repeat(501), /over 500 characters/],
    ['(a{1000}){1000}', /repeat/],
    ['(a{0,30}){30}b{900}', /costs too much/],
  ])('the pattern %j is refused', (matches, message) => {
    expect(messages({ field: 'ticket.summary', matches }).join()).toMatch(message);
  });
});

describe('schemas', () => {
  const schema: JsonSchema = {
    oneOf: [{ $ref: '#/definitions/Alert' }, { type: 'null' }],
    definitions: {
      Alert: {
        type: 'object',
        properties: {
          level: { anyOf: [{ type: 'integer' }, { const: 'high' }] },
          parent: { $ref: '#/definitions/Alert' },
          labels: { type: ['array', 'null'], items: { type: 'string' } },
          matrix: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
          mixed: {
            allOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: { type: 'number' } } }],
          },
          lost: { $ref: '#/definitions/Nowhere' },
          loop: { $ref: '#/definitions/Loop' },
          never: false,
        },
      },
      Loop: { $ref: '#/definitions/Loop' },
    },
  };

  it.each([
    [{ field: 'level', greater: 3 }],
    [{ field: 'level', equals: 'high' }],
    [{ field: 'parent.parent.parent.level', greater: 3 }],
    [{ field: 'labels', contains: 'prod' }],
    [{ field: 'labels.0', equals: 'prod' }],
    [{ field: 'matrix.0.1', greater: 3 }],
    [{ field: 'matrix', contains: 3 }],
    [{ field: 'mixed.a', equals: 'x' }],
    [{ field: 'mixed.b', less: 3 }],
    [{ field: 'lost.anything', less: 3 }],
  ])('%j is typed through references and alternatives', (criteria) => {
    expect(messages(criteria, schema)).toEqual([]);
  });

  it.each([
    [{ field: 'parent.parent.levl', equals: 1 }, 'Did you mean "parent.parent.level"'],
    [{ field: 'mixed.c', equals: 1 }, 'has no field "c"'],
    [{ field: 'mixed.b', startsWith: 'x' }, 'is a number'],
    [{ field: 'labels', greater: 1 }, 'each element is a text'],
    [{ field: 'never.x', equals: 1 }, 'has no field'],
    [{ field: 'loop.x', equals: 1 }, 'has no field'],
  ])('%j is refused through references and alternatives', (criteria, message) => {
    expect(messages(criteria, schema).join()).toContain(message);
  });
});
