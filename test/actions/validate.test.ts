/** What an author reads when he got an input wrong, and what Halo's replies may look like. */
import * as fc from 'fast-check';
import { catalogue } from '../../actions/index.ts';
import type { Action, JsonSchema } from '../../actions/types.ts';
import { checkInput, checkOutput } from '../../actions/validate.ts';
import { SchemaError } from '../../errors.ts';
import { MAXIMUM_PAYLOAD_BYTES, payloadBytes } from '../../sdk/size.ts';
import { readFixture } from '../support/fixtures.ts';

const each = [...catalogue.values()].map((action) => [action.id, action] as const);

function action(id: string): Action {
  const found = catalogue.get(id);
  if (found === undefined) throw new Error(`no action ${id}`);
  return found;
}

/** The message of the SchemaError, or `accepted`. */
function verdict(check: () => void): string {
  try {
    check();
  } catch (error) {
    expect(error).toBeInstanceOf(SchemaError);
    expect((error as SchemaError).retryable).toBe(false);
    return (error as Error).message;
  }
  return 'accepted';
}

const input = (id: string, value: unknown): string => verdict(() => checkInput(action(id), value));
const output = (id: string, value: unknown): string => verdict(() => checkOutput(action(id), value));

describe('inputs', () => {
  test.each<[id: string, input: unknown, message: string]>([
    ['tickets.list', { clientid: 3 }, 'tickets.list: unknown property "clientid" (did you mean client_id?)'],
    ['tickets.list', { sumary: 'x' }, 'tickets.list: unknown property "sumary"'],
    [
      'tickets.list',
      { search_sumary: 'x' },
      'tickets.list: unknown property "search_sumary" (did you mean search_summary?)',
    ],
    ['tickets.list', { constructor: 1 }, 'tickets.list: unknown property "constructor"'],
    ['tickets.list', { toString: 1 }, 'tickets.list: unknown property "toString"'],
    ['tickets.list', { open_only: 'yes' }, 'tickets.list: open_only must be true or false, got string "yes"'],
    [
      'tickets.list',
      { status: true },
      'tickets.list: status must be a string or an integer, got boolean true',
    ],
    [
      'tickets.list',
      { lastupdatefromdate: 5 },
      'tickets.list: lastupdatefromdate must be a string, got number 5',
    ],
    ['tickets.get', { id: 'abc' }, 'tickets.get: id must be an integer, got string "abc"'],
    ['tickets.get', { id: 1.5 }, 'tickets.get: id must be an integer, got number 1.5'],
    ['tickets.get', { id: 7n }, 'tickets.get: id must be an integer, got a bigint'],
    ['tickets.get', { id: Number.NaN }, 'tickets.get: id must be an integer, got number NaN'],
    ['tickets.get', { id: null }, 'tickets.get needs id; id must be an integer, got null'],
    ['tickets.get', {}, 'tickets.get needs id'],
    ['tickets.get', undefined, 'tickets.get needs id'],
    ['tickets.get', 7, 'tickets.get: must be an object, got number 7'],
    ['tickets.get', [{ id: 7 }], 'tickets.get: must be an object, got an array of 1'],
    ['tickets.create', {}, 'tickets.create needs summary'],
    ['tickets.create', { summary: '' }, 'tickets.create needs summary'],
    [
      'tickets.create',
      { summary: 'x', id: 3 },
      'tickets.create: "id" is refused: a create makes a new record, tickets.update changes one',
    ],
    ['tickets.update', { summary: 'x' }, 'tickets.update needs id'],
    ['tickets.update', { id: 0 }, 'tickets.update: id must be above 0: Halo would create a record'],
    ['tickets.update', { id: -3 }, 'tickets.update: id must be above 0: Halo would create a record'],
    [
      'tickets.update',
      [{ id: 3 }, { id: -3 }],
      'tickets.update: id must be above 0: Halo would create a record',
    ],
    ['tickets.upsert', { client_id: 12 }, 'tickets.upsert needs summary'],
    ['tickets.upsert', { id: 0, client_id: 12 }, 'tickets.upsert needs summary'],
    ['tickets.upsert', { id: -3, client_id: 12 }, 'tickets.upsert needs summary'],
    ['tickets.upsert', [], 'tickets.upsert: the array is empty'],
    [
      'tickets.upsert',
      [{ id: 3 }, { id: 'x' }, 4],
      'tickets.upsert: [1].id must be an integer, got string "x"; [2] must be an object, got number 4',
    ],
    [
      'tickets.upsert',
      { id: 3, customfields: [{ id: 1 }, { id: 'x' }] },
      'tickets.upsert: customfields[1].id must be an integer, got string "x"',
    ],
    [
      'tickets.upsert',
      { id: 3, new_approvalprocess_cab: { cab_id: 'x' } },
      'tickets.upsert: new_approvalprocess_cab.cab_id must be an integer, got string "x"',
    ],
    ['actions.create', { ticket_id: 3 }, 'actions.create needs outcome or outcome_id'],
    [
      'actions.create',
      { ticket_id: 3, outcome_id: 7, whoagentid: 5 },
      'actions.create: unknown property "whoagentid" (did you mean who_agentid?)',
    ],
    [
      'actions.upsert',
      [{ ticket_id: 3, outcome: 'Note' }, { note: 'x' }],
      'actions.upsert needs ticket_id in [1], outcome or outcome_id in [1]',
    ],
    ['actions.get', { id: 2 }, 'actions.get needs ticket_id'],
    ['actions.list', undefined, 'actions.list needs ticket_id'],
    ['attachments.list', { type: 1 }, 'attachments.list needs ticket_id or unique_id'],
    [
      'users.create',
      { phonenumber: '1' },
      'users.create needs site_id or client_id, name or firstname or emailaddress',
    ],
    [
      'halo.request',
      { method: 'PUT', path: '/Tickets' },
      'halo.request: method must be "GET" or "POST" or "DELETE", got string "PUT"',
    ],
    [
      'halo.request',
      { method: 'GET', path: '/Tickets', items: false },
      'halo.request: items must be a string or true, got boolean false',
    ],
    [
      'reports.preview',
      { sql: '' },
      'reports.preview needs sql; sql must be a string that is not empty, got string ""',
    ],
  ])('%s of %p', (id, value, message) => {
    expect(input(id, value)).toBe(message);
  });

  test.each<[id: string, input: unknown]>([
    ['agents.list', undefined],
    ['tickets.list', { status: '1,2', client_id: -1, count: 5, advanced_search: '[]' }],
    ['tickets.list', { status: 1 }],
    ['tickets.list', { client_id: undefined }],
    ['tickets.upsert', { id: 3 }],
    ['tickets.upsert', { id: 3, dateoccurred: '2026-03-01T09:30:00', agent_id: null, customfields: null }],
    ['tickets.upsert', { id: 3, assets: [{ id: 4, a_field_of_tomorrow: true }] }],
    ['tickets.create', { summary: 'x', new_approvalprocess_cab: [{ type: 0, cab_id: 2 }] }],
    ['attachments.upsert', { id: 5, desc: 'an update needs no file' }],
    ['halo.request', { method: 'POST', path: '/Priority', body: [{ name: 'P5' }], effect: 'create' }],
  ])('%s takes %j', (id, value) => {
    expect(input(id, value)).toBe('accepted');
  });

  test('every bad field is named at once, and listed for machines', () => {
    const bad = { id: 'x', sumary: 'y', client_id: '12', assets: [{ id: '4' }] };
    const check = (): void => checkInput(action('tickets.upsert'), bad);
    expect(check).toThrow(
      expect.objectContaining({ details: { fields: ['sumary', 'id', 'client_id', 'assets[0].id'] } }),
    );
    expect(check).toThrow(
      /"sumary" \(did you mean summary\?\); id must .*; client_id must .*; assets\[0\]\.id must /,
    );
  });

  test('a hundred bad elements make a short message', () => {
    const message = input(
      'tickets.upsert',
      Array.from({ length: 100 }, () => ({ id: 'x' })),
    );
    expect(message).toMatch(/\[19\]\.id must be an integer, got string "x"; 80 more$/);
  });

  test('long values and secrets are not repeated', () => {
    const long = 'x'.repeat(81);
    expect(input('tickets.get', { id: long })).toBe(
      'tickets.get: id must be an integer, got a string of 81 characters',
    );
    expect(input('tickets.list', { [long]: 1 })).toBe(`tickets.list: unknown property "${'x'.repeat(80)}…"`);
    const secret = input('agents.upsert', { id: 6, password: 4711, name: 5 });
    expect(secret).toContain('password must be a string or null, got a number');
    expect(secret).not.toContain('4711');
  });

  test('the largest file that is taken fits into a call', () => {
    const file = { ticket_id: 1, filename: 'a.bin', data_base64: 'A'.repeat(1_900_000) };
    expect(input('attachments.create', file)).toBe('accepted');
    expect(payloadBytes(file)).toBeLessThan(MAXIMUM_PAYLOAD_BYTES);
  });

  test('a larger file is refused without being repeated', () => {
    const tooLarge = { ticket_id: 1, filename: 'a.bin', data_base64: 'A'.repeat(1_900_001) };
    expect(input('attachments.create', tooLarge)).toBe(
      'attachments.create: data_base64 must be a string of at most 1900000 characters or null, got a string of 1900001 characters',
    );
  });

  test.each(each)('%s: no typed property takes a value of another type', (_id, { id, input: schema }) => {
    const alternatives = schema.oneOf as readonly JsonSchema[] | undefined;
    const name = JSON.stringify(alternatives?.[0]?.$ref ?? '').replaceAll(/^.*\/|"/g, '');
    const record =
      alternatives === undefined ? schema : (schema.definitions as Record<string, JsonSchema>)[name];
    for (const [property, part] of Object.entries((record?.properties ?? {}) as Record<string, JsonSchema>)) {
      const isTyped = 'type' in part || 'anyOf' in part || '$ref' in part;
      // A function is of no JSON type, so only an untyped property can take it.
      const message = input(id, { [property]: () => property });
      expect([property, message.includes(`${property} must be `)]).toEqual([property, isTyped]);
    }
  });

  test('whatever is given, the verdict is a SchemaError or nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...each),
        fc.jsonValue(),
        fc.dictionary(fc.string(), fc.jsonValue()),
        ([id], any, record) => {
          input(id, any);
          input(id, record);
          output(id, any);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('outputs', () => {
  const inHalosWords = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inHalosWords);
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && /^\d+$/.test(value)) return value;
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inHalosWords(part)]));
  };

  test.each(each)('%s: numbers as text and null anywhere do not fail a run', (_id, { id }) => {
    const { output: expected } = readFixture(id);
    expect(output(id, expected)).toBe('accepted');
    expect(output(id, inHalosWords(expected))).toBe('accepted');
  });

  test.each<[id: string, output: unknown, message: string]>([
    ['tickets.list', { tickets: [] }, 'tickets.list answered a bad result: must be an array, got an object'],
    [
      'tickets.list',
      [{ id: 1 }, { id: 'x' }, 3],
      'tickets.list answered a bad result: [1].id must be an integer, got string "x"; [2] must be an object, got number 3',
    ],
    ['tickets.get', [{ id: 1 }], 'tickets.get answered a bad result: must be an object, got an array of 1'],
    ['tickets.get', null, 'tickets.get answered a bad result: must be an object, got null'],
    [
      'tickets.upsert',
      [{ id: 1 }, { id: {} }],
      'tickets.upsert answered a bad result: [1].id must be an integer, got an object',
    ],
    [
      'attachments.get',
      { filename: 'a' },
      'attachments.get answered a bad result: no content_type; no size; no data_base64',
    ],
    ['reports.preview', { rows: [] }, 'reports.preview answered a bad result: no columns'],
  ])('%s of %j', (id, value, message) => {
    expect(output(id, value)).toBe(message);
  });

  test('rows that were projected need not have an id', () => {
    expect(output('tickets.list', [{ summary: 'x' }])).toBe('accepted');
  });

  test('the generic request answers what Halo answers', () => {
    for (const value of [null, 'text', 5, [1], {}]) expect(output('halo.request', value)).toBe('accepted');
  });

  test('a hundred rows of three hundred properties are read no further than their ids', () => {
    let read = 0;
    const row = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, index]));
    const rows = Array.from(
      { length: 100 },
      (_, index) =>
        new Proxy(
          { ...row, id: index },
          { get: (of, key) => ((read += 1), Reflect.get(of, key) as unknown) },
        ),
    );
    checkOutput(action('tickets.list'), rows);
    expect(read).toBeLessThan(2_000);
  });
});
