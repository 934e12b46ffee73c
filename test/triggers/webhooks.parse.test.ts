/** Bodies of Halo's webhooks, in the forms that Halo sends. */
import * as fc from 'fast-check';
import { deliveriesIn, haloEvent } from '../../triggers/webhooks/haloDelivery.ts';
import type { HaloDelivery } from '../../triggers/webhooks/haloDelivery.ts';
import { parseHaloBody } from '../../triggers/webhooks/parse.ts';

/** The template that the page of ilert recommends. */
function recommended(ticket: Readonly<Record<string, string>>): string {
  const value = (name: string): string => ticket[name] ?? '';
  return `{
    "ticket" : {
        "status" : {
            "id" : ${value('status_id')},
            "name" : ${value('status_name')},
            "shortname" : ${value('status_shortname')}
        },
        "id" : ${value('id')},
        "summary" : ${value('summary')},
        "details" : ${value('details')},
        "dateoccurred" : ${value('dateoccurred')},
        "dateclosed" : ${value('dateclosed')},
        "tickettype" : {
            "id" : ${value('tickettype_id')},
            "name" :  ${value('tickettype_name')}
        },
        "client_id" : ${value('client_id')},
        "client_name" : ${value('client_name')},
        "agent" : {
            "id" : ${value('agent_id')},
            "name" : ${value('agent_name')}
        },
        "oppcompanyname" : ${value('oppcompanyname')}
    }
}`;
}

const TICKET = {
  id: '4711',
  summary: 'Printer',
  status_id: '2',
  status_name: 'In Progress',
  client_id: '12',
  client_name: 'Acme',
  tickettype_id: '1',
  agent_id: '3',
};

function valueOf(body: string): unknown {
  const parsed = parseHaloBody(body);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

const ticketOf = (body: string): Record<string, unknown> =>
  (valueOf(body) as { ticket: Record<string, unknown> }).ticket;

describe('a template', () => {
  test('needs no quotes around its values, and no values', () => {
    expect(ticketOf(recommended(TICKET))).toEqual({
      status: { id: 2, name: 'In Progress', shortname: null },
      id: 4711,
      summary: 'Printer',
      details: null,
      dateoccurred: null,
      dateclosed: null,
      tickettype: { id: 1, name: null },
      client_id: 12,
      client_name: 'Acme',
      agent: { id: 3, name: null },
      oppcompanyname: null,
    });
  });

  test.each([
    ['quotes', 'The "big" printer says "no"'],
    ['commas and braces', 'a, b }, { c ], "d"'],
    ['line breaks', 'first\nsecond,\n third'],
    ['something like a member', 'it says "id" : 5, and more'],
    ['JSON', '{\n  "host": "srv1",\n  "load": 3\n}'],
    ['JSON of the same words', '{"ticket": {"id": 1}, "summary": "x"}'],
    ['a number', '0042'],
    ['the word null with more', 'null and void'],
    ['HTML', '<p class="x">no,\n "paper"</p>'],
    ['a backslash', 'C:\\temp\\"x"'],
    ['Windows line breaks', 'one\r\ntwo'],
  ])('keeps a text with %s', (_what, text) => {
    const ticket = ticketOf(recommended({ ...TICKET, summary: text, details: text }));
    expect(ticket).toMatchObject({ id: 4711, summary: text, details: text, client_id: 12 });
  });

  test('keeps any text on one line, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (random) => {
        const text = random.replaceAll(/\s+/g, ' ').trim();
        const isQuoted = /^".*"$/s.test(text);
        fc.pre(text !== '' && text !== 'null' && !isQuoted);
        expect(ticketOf(recommended({ ...TICKET, summary: text }))).toMatchObject({
          id: 4711,
          summary: text,
          status: { id: 2, name: 'In Progress' },
          client_name: 'Acme',
        });
      }),
      { numRuns: 500 },
    );
  });

  test('keeps any text of several lines that are not indented like the template', () => {
    const line = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const text = lines.join('\n').trim();
        fc.pre(text !== '' && text !== 'null' && !/^".*"$/s.test(text));
        expect(ticketOf(recommended({ ...TICKET, details: text }))).toMatchObject({
          id: 4711,
          details: text,
          agent: { id: 3 },
        });
      }),
      { numRuns: 500 },
    );
  });

  test('may be on one line, quote its values, and come in batches', () => {
    expect(valueOf('{ "ticket" : { "id" : 12, "summary" : a } b, c, "name" : } }')).toEqual({
      ticket: { id: 12, summary: 'a } b, c', name: null },
    });
    expect(ticketOf('{ "ticket" : { "id" : "12", "summary" : "says "no"" } }')).toEqual({
      id: '12',
      summary: 'says "no"',
    });
    expect(
      valueOf('[{ "ticket" : { "id" : 1, "team" : A B } }, { "ticket" : { "id" : 2, "team" : } }]'),
    ).toEqual([{ ticket: { id: 1, team: 'A B' } }, { ticket: { id: 2, team: null } }]);
  });
});

describe('what is no payload', () => {
  test.each([
    '',
    '   ',
    'x',
    '{',
    '{"a"',
    '"x',
    '[',
    '{}x',
    '[{]',
    '{"a":b}}',
    '<html></html>',
    '\0',
    '{"a" b}',
  ])('%j is said to be none', (body) => {
    expect(parseHaloBody(body)).toEqual({ problem: expect.stringMatching(/^the body is /) });
  });

  test('nothing makes it throw', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"a"',
      ':',
      ',',
      '\n',
      '  ',
      'x',
      '"',
      '{"a":',
      '\\',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const parsed = parseHaloBody(text);
          expect('problem' in parsed || 'value' in parsed).toBe(true);
          if ('value' in parsed) deliveriesIn(parsed.value, null);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [null],
    [3],
    ['text'],
    [[]],
    [{}],
    [{ x: 1 }],
    [[{ event: 'Ticket Closed' }, 7]],
    [{ ticket: 7 }],
  ])('%j holds no delivery', (value) => {
    expect(deliveriesIn(value, null)).toEqual({
      problem: expect.stringMatching(/neither an event nor a record|empty list/),
    });
  });
});

describe('a delivery', () => {
  const only = (body: unknown, named: string | null = null): HaloDelivery => {
    const found = deliveriesIn(body, named);
    if ('problem' in found) throw new Error(found.problem);
    const [delivery] = found;
    if (!delivery) throw new Error('there is none');
    return delivery;
  };

  test('of the standard form says what happened to what, and who did it', () => {
    const delivery = only({
      id: 'd-1',
      event: 'ticket status changed',
      webhook_id: 'w',
      notification_id: 3,
      object_id: '4711',
      timestamp: '2026-11-25T10:00:00',
      ticket: { id: 4711, summary: 'x' },
      action: { id: 2, ticket_id: 4711, who_agentid: 9 },
    });
    expect(delivery).toMatchObject({
      id: 'd-1',
      kind: { name: 'Ticket Status Changed' },
      objectId: 4711,
      agentId: 9,
    });
    expect(delivery.kind && haloEvent(delivery, delivery.kind)).toEqual({
      event: 'Ticket Status Changed',
      object_id: 4711,
      timestamp: '2026-11-25T10:00:00',
      delivery: 'd-1',
      agent_id: 9,
      partial: true,
      ticket: { id: 4711, summary: 'x' },
      action: { id: 2, ticket_id: 4711, who_agentid: 9 },
    });
  });

  test.each<[string, unknown, string | null]>([
    ['the event only', { id: 'd', event: 'Ticket Closed', object_id: 7 }, null],
    ['the number of the event', { id: 'd', event: 39, object_id: 7 }, null],
    ['the event as an object', { id: 'd', event: { id: 39, name: 'Ticket Closed' }, object_id: 7 }, null],
    ['the event in the URL', { ticket: { id: 7 } }, 'Closed'],
    ['the ticket as all there is', { id: 7, summary: 'x' }, 'Ticket Closed'],
  ])('may hold %s', (_what, body, named) => {
    expect(only(body, named)).toMatchObject({ kind: { name: 'Ticket Closed' }, objectId: 7 });
  });

  test('of an event that is not known keeps its name', () => {
    expect(only({ id: 'd', event: 'Moon Risen', object_id: 7 })).toMatchObject({
      name: 'Moon Risen',
      kind: null,
    });
  });
});
