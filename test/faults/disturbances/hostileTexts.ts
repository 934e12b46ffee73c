/** Texts out of public bug reports, in every field of tickets and deliveries that takes a text. */
import { readFileSync } from 'node:fs';
import type { Random } from '../../../sandbox/data/random.ts';
import { untilTrue } from '../../support/polling.ts';
import { atLeast, exactly } from '../count.ts';
import { look } from '../database.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';

const LION = '\u{1F981}';
const HALF = LION[0] ?? '';

/** The trigger that deliveries go to, and the workflow that hands back what it got. */
export const DELIVERIES = { trigger: 'deliveries', workflow: 'handBack' } as const;

/** Every field of a ticket that takes a text: no date, no name of a team, no stamp of haloflow's own writes. */
const TICKET_FIELDS = Object.entries(ticketProperties()).flatMap(([name, { type }]) =>
  [type].flat().includes('string') && !/date|time|^_|^team$|^third_party_id_string$/.test(name) ? [name] : [],
);

function ticketProperties(): Readonly<Record<string, { readonly type?: unknown }>> {
  const file = new URL('../../../actions/schemas/tickets.json', import.meta.url);
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly definitions: { readonly Ticket: { readonly properties: Record<string, { type?: unknown }> } };
  };
  return definitions.Ticket.properties;
}

/** What is in the body of each delivery, and in no log and no other row than those of deliveries and runs. */
export const BODY_MARKER = 'body-that-nobody-logs';

type Text = (random: Random) => string;

const TEXTS: readonly Text[] = [
  // Half a character at any place, in a text that is short enough to be written byte by byte.
  (random) => `${'x'.repeat(random.between(0, 60))}${HALF}${'y'.repeat(random.between(0, 20))}`,
  (random) => `${LION.repeat(random.between(1, 30))}${HALF}`,
  (random) => 'x'.repeat(random.between(39, 41)),
  (random) => `null \0 byte ${random.guid()}`,
  () => `'; drop table events; --`,
  () => '{{ticket.id}} ${HALO} %s \\u0000 </script>',
  () => '__proto__',
  () => '\u202Ekcilc\u202C \uFEFF mark, \u0000 and \r\n line\u2028ends',
  () => '{"t" : {"a" : 1, "b" : '.repeat(10),
];

const LONG_TEXTS: readonly Text[] = [
  (random) => `a${LION.repeat(random.between(1_990, 2_010))}`,
  (random) => '}'.repeat(random.between(1_000, 20_000)),
  () => '{"t" : {"a" : 1, "b" : '.repeat(40),
  (random) => 'long '.repeat(random.between(5_000, 20_000)),
];

export function hostileTexts(field: Field, wanted: number): Disturbance {
  const { halo, home, people, random, stack } = field;
  const delivered: number[] = [];
  let url: string | null = null;

  const text = (): string => random.pick(TEXTS)(random);
  /** A text in each; a long one in one of them, since a run cannot be started with more than 2 MB. */
  const withTexts = (names: readonly string[]): Record<string, string> => ({
    ...Object.fromEntries(names.map((name) => [name, text()])),
    [random.pick(names)]: random.pick(LONG_TEXTS)(random),
  });

  async function address(): Promise<string> {
    const { stdout } = await stack.command(['triggers', 'show', DELIVERIES.trigger, '--url', '--json']);
    return (JSON.parse(stdout) as { trigger: { url: string } }).trigger.url;
  }

  /** As senders do: again until it is accepted, under one key. */
  async function deliver(number: number): Promise<void> {
    const texts = { number, marker: BODY_MARKER, ...withTexts(['text', 'title', text()]) };
    const isForm = number % 3 === 0;
    const init = {
      method: 'POST',
      headers: {
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        'idempotency-key': String(number),
        // As far as a header can hold it.
        'x-text': text().replace(/[^\x20-\x7e\xa1-\xff]/g, '?'),
      },
      body: isForm
        ? new URLSearchParams(
            Object.entries(texts).map(([name, value]): [string, string] => [name, String(value)]),
          ).toString()
        : JSON.stringify({ ...texts, list: [text(), { of: text(), [text()]: text() }] }),
    };
    const to = new URL((url ??= await address()));
    to.searchParams.append(text(), text());
    await untilTrue(async () => {
      const reply = await fetch(to, init).catch(() => null);
      if (reply && reply.status >= 400 && reply.status < 500 && reply.status !== 429)
        throw new Error(`a delivery was refused: ${reply.status} ${await reply.text()}`);
      return reply?.status === 202;
    });
    delivered.push(number);
  }

  return {
    at: moments(wanted, field),
    async act() {
      if (!(await stack.isReady())) return false;
      await people.openWith(withTexts(TICKET_FIELDS));
      await deliver(delivered.length + 1);
      return true;
    },
    async count() {
      const runs = await look<{ key: string; status: string }>(
        home,
        `select events.key, runs.status from runs join events on events.run = runs.id
          where runs.trigger = '${DELIVERIES.trigger}'`,
      );
      const numbers = (some: typeof runs): number[] =>
        some.map(({ key }) => Number(key.slice('webhook/'.length)));
      const tickets = await halo.records('Tickets');
      const completed = runs.filter(({ status }) => status === 'completed');
      return [
        atLeast('tickets and deliveries full of hostile texts', wanted, delivered.length),
        { what: 'of the deliveries a run each', ...exactly(1, delivered, numbers(runs)) },
        { what: 'of those runs completed', ...exactly(1, delivered, numbers(completed)) },
        atLeast('tickets in Halo at the end', people.opened.length, tickets.length),
      ];
    },
  };
}
