import { evaluateCriteria } from '../../triggers/criteria/evaluate.ts';
import type { Criteria } from '../../triggers/types.ts';

const event = {
  ticket: {
    id: 4711,
    summary: 'Printer in Reception jams',
    team: 'Service Desk',
    tickettype_id: '1',
    priority_id: 2.0,
    agent_id: null,
    hasbeenclosed: false,
    dateoccurred: '2026-10-03T06:24:10.967',
    dateclosed: '1899-12-30T00:00:00',
    targetdate: '1901-01-01T00:00:00',
    child_ticket_ids: [5, 6],
    tags: [
      { id: 1, text: 'vip' },
      { id: 2, text: 'onsite' },
    ],
    customfields: [
      { id: 20, name: 'CFserial', value: 'A-17' },
      { id: 21, name: 'CFseverity', value: '3' },
    ],
  },
  tickets: [{ id: 1 }, { id: 2 }],
  empty: [],
};

const passes = (criteria: Criteria): boolean => evaluateCriteria(criteria, event).passes;

describe('predicates', () => {
  it.each<[Criteria, boolean]>([
    [{ field: 'ticket.id', equals: 4711 }, true],
    [{ field: 'ticket.id', equals: '4711' }, true],
    [{ field: 'ticket.tickettype_id', in: [1, 4] }, true],
    [{ field: 'ticket.tickettype_id', in: [4, 10] }, false],
    [{ field: 'ticket.tickettype_id', notIn: [4, 10] }, true],
    [{ field: 'ticket.priority_id', equals: 2 }, true],
    [{ field: 'ticket.priority_id', notEquals: 2 }, false],
    [{ field: 'ticket.tickettype_id', less: 2, greater: 0 }, true],
    [{ field: 'ticket.tickettype_id', less: 2, greater: 1 }, false],
    [{ field: 'ticket.hasbeenclosed', equals: false }, true],
    [{ field: 'ticket.summary', contains: 'reception' }, false],
    [{ field: 'ticket.summary', contains: 'reception', ignoreCase: true }, true],
    [{ field: 'ticket.summary', startsWith: 'Printer' }, true],
    [{ field: 'ticket.summary', endsWith: 'JAMS', ignoreCase: true }, true],
    [{ field: 'ticket.summary', matches: 'in \\w+ jams$' }, true],
    [{ field: 'ticket.summary', matches: '^reception', ignoreCase: true }, false],
    [{ field: 'ticket.team', equals: 'service desk' }, false],
    [{ field: 'ticket.team', in: ['service desk'], ignoreCase: true }, true],
    [{ field: 'ticket.child_ticket_ids', contains: 6 }, true],
    [{ field: 'ticket.child_ticket_ids', equals: 7 }, false],
  ])('%j: %s', (criteria, expected) => {
    expect(passes(criteria)).toBe(expected);
  });
});

describe('lists', () => {
  it('pass where any element does', () => {
    expect(passes({ field: 'ticket.tags.text', equals: 'onsite' })).toBe(true);
    expect(passes({ field: 'tickets.id', greater: 1 })).toBe(true);
    expect(passes({ field: 'tickets.id', greater: 2 })).toBe(false);
  });

  it('refuse with notEquals and notIn what any element has', () => {
    expect(passes({ field: 'ticket.tags.text', notEquals: 'vip' })).toBe(false);
    expect(passes({ field: 'ticket.tags.text', notIn: ['remote', 'gold'] })).toBe(true);
  });

  it('are read at a position', () => {
    expect(passes({ field: 'tickets.0.id', equals: 1 })).toBe(true);
    expect(passes({ field: 'tickets.1.id', equals: 1 })).toBe(false);
    expect(passes({ field: 'tickets.2.id', exists: true })).toBe(false);
  });

  it('of custom fields are read by name', () => {
    expect(passes({ field: 'ticket.customfields.CFserial', startsWith: 'A-' })).toBe(true);
    expect(passes({ field: 'ticket.customfields.CFseverity', greater: 2 })).toBe(true);
    expect(passes({ field: 'ticket.customfields.CFother', exists: true })).toBe(false);
  });

  it('without elements hold nothing', () => {
    expect(passes({ field: 'empty', exists: true })).toBe(false);
  });
});

describe('dates', () => {
  it.each<[Criteria, boolean]>([
    [{ field: 'ticket.dateoccurred', after: '2026-10-03T06:24:10Z' }, true],
    [{ field: 'ticket.dateoccurred', after: '2026-10-03T08:24:11+02:00' }, false],
    [{ field: 'ticket.dateoccurred', before: '2026-10-03T08:24:11+02:00' }, true],
    [{ field: 'ticket.dateoccurred', before: '2026-10-03' }, false],
    [{ field: 'ticket.dateclosed', before: '2026-10-03' }, false],
    [{ field: 'ticket.targetdate', before: '2026-10-03' }, false],
    [{ field: 'ticket.dateclosed', exists: true }, false],
    [{ field: 'ticket.dateclosed', exists: false }, true],
    [{ field: 'ticket.summary', before: '2026-10-03' }, false],
  ])('%j: %s (no zone means UTC, an empty date is none)', (criteria, expected) => {
    expect(passes(criteria)).toBe(expected);
  });
});

describe('a field that is missing or null', () => {
  it.each([
    'ticket.agent_id',
    'ticket.nothing',
    'ticket.summary.length',
    'nothing.at.all',
    'ticket.constructor',
  ])('%s fails every predicate but exists: false', (field) => {
    const operands = {
      equals: 1,
      notEquals: 1,
      in: [1],
      notIn: [1],
      contains: 'x',
      startsWith: 'x',
      endsWith: 'x',
      matches: '',
      greater: 0,
      less: 9,
      before: '2026-01-01',
      after: '2026-01-01',
      exists: true,
    };
    for (const [operator, operand] of Object.entries(operands)) {
      expect(passes({ field, [operator]: operand })).toBe(false);
    }
    expect(passes({ field, exists: false })).toBe(true);
    expect(passes({ not: { field, equals: 1 } })).toBe(true);
  });

  it('is not what an object inherits', () => {
    const own = JSON.parse('{ "__proto__": { "admin": true } }') as unknown;
    expect(evaluateCriteria({ field: '__proto__.admin', equals: true }, own).passes).toBe(true);
    expect(evaluateCriteria({ field: '__proto__.admin', exists: true }, {}).passes).toBe(false);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});

describe('the outcome', () => {
  it('says which predicate decided, what each one found, and whether it passed', () => {
    const criteria: Criteria = {
      all: [
        { field: 'ticket.tickettype_id', in: [1, 4] },
        { not: { field: 'ticket.summary', matches: '^Printer' } },
        { field: 'ticket.agent_id', exists: false },
      ],
    };
    expect(evaluateCriteria(criteria, event)).toEqual({
      passes: false,
      reason: 'not (ticket.summary matches "^Printer")',
      predicates: [
        { predicate: 'ticket.tickettype_id in [1, 4]', passes: true, found: '1' },
        { predicate: 'ticket.summary matches "^Printer"', passes: true, found: 'Printer in Reception jams' },
        { predicate: 'ticket.agent_id does not exist', passes: true, found: null },
      ],
    });
  });

  it('has no reason when the event passes, and no predicates without criteria', () => {
    expect(evaluateCriteria({ field: 'ticket.id', exists: true }, event).reason).toBeNull();
    expect(evaluateCriteria(null, event)).toEqual({ passes: true, reason: null, predicates: [] });
  });

  it.each<[Criteria, string]>([
    [
      {
        any: [
          { field: 'ticket.id', less: 5 },
          { field: 'ticket.team', equals: 'NOC', ignoreCase: true },
        ],
      },
      'ticket.id less 5 or ticket.team equals "NOC" (ignoring case)',
    ],
    [
      {
        not: {
          any: [
            { field: 'ticket.id', less: 5 },
            { field: 'ticket.id', greater: 5 },
          ],
        },
      },
      'not (ticket.id greater 5)',
    ],
    [
      {
        not: {
          all: [
            { field: 'ticket.id', exists: true },
            { field: 'ticket.id', greater: 5 },
          ],
        },
      },
      'not (ticket.id exists and ticket.id greater 5)',
    ],
    [{ field: 'ticket.id', greater: 5, less: 10 }, 'ticket.id greater 5 and less 10'],
  ])('%j failed by: %s', (criteria, reason) => {
    expect(evaluateCriteria(criteria, event).reason).toBe(reason);
  });

  it('stays small, and fit for Postgres, whatever was found', () => {
    const large = {
      text: `${'x'.repeat(98)}\u{1F5A8}${'y'.repeat(5_000_000)}`,
      zero: 'a\0b\ud800',
      list: Array.from({ length: 10_000 }, (_, id) => id),
      object: Object.fromEntries(Array.from({ length: 1_000 }, (_, id) => [`key${id}`, 'v'.repeat(1_000)])),
    };
    const found = (field: string): unknown =>
      evaluateCriteria({ field, exists: true }, large).predicates[0]?.found;
    expect(found('text')).toBe(`${'x'.repeat(98)}…`);
    expect(found('zero')).toBe('a\u{FFFD}b\u{FFFD}');
    expect(found('list')).toEqual([0, 1, 2, 3, 4, '… 9995 more']);
    expect(found('object')).toBe('{ key0, key1, key2, key3, key4, … }');
  });
});
