/** Texts out of public bug reports, in every field of tickets and deliveries that takes a text. */
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

const TICKET_FIELDS = ['summary', 'details', 'user_name', 'emailaddress', 'category_1', 'third_party_url'];

const TEXTS: readonly ((random: Random) => string)[] = [
  // Half a character at any place, in a text that is short enough to be written byte by byte.
  (random) => `${'x'.repeat(random.between(0, 60))}${HALF}${'y'.repeat(random.between(0, 20))}`,
  (random) => `${LION.repeat(random.between(1, 30))}${HALF}`,
  (random) => `a${LION.repeat(random.between(1_990, 2_010))}`,
  (random) => 'x'.repeat(random.between(39, 41)),
  (random) => `null \0 byte ${random.guid()}`,
  () => `'; drop table events; --`,
  () => '{{ticket.id}} ${HALO} %s \\u0000 </script>',
  (random) => '}'.repeat(random.between(1_000, 20_000)),
  () => '{"t" : {"a" : 1, "b" : '.repeat(40),
  () => '__proto__',
  () => '\u202Ekcilc\u202C \uFEFF mark, \u0000 and \r\n line\u2028ends',
  (random) => 'long '.repeat(random.between(5_000, 20_000)),
];

export function hostileTexts(field: Field, wanted: number): Disturbance {
  const { halo, home, people, random, stack } = field;
  const delivered: number[] = [];
  let url: string | null = null;

  const text = (): string => random.pick(TEXTS)(random);
  const withTexts = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, text()]));

  async function address(): Promise<string> {
    const { stdout } = await stack.command(['triggers', 'show', DELIVERIES.trigger, '--url', '--json']);
    return (JSON.parse(stdout) as { trigger: { url: string } }).trigger.url;
  }

  /** As senders do: again until it is accepted, under one key. */
  async function deliver(number: number): Promise<void> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': String(number) },
      body: JSON.stringify({
        number,
        ...withTexts(['text', 'title', text()]),
        list: [text(), { of: text() }],
      }),
    };
    const to = (url ??= await address());
    await untilTrue(async () => (await fetch(to, init).catch(() => null))?.status === 202);
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
