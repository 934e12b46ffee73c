/** The largest replies that the reconciler reads, whatever is in them: no process dies of one. */
import { reply, startFakeHalo } from '../halo/fakeHalo.ts';
import type { FakeHalo } from '../halo/fakeHalo.ts';
import { startProgram } from '../support/programs.ts';

const filled = (bytes: number, part: string, [start, end]: readonly [string, string]): string =>
  start + part.repeat(Math.floor((bytes - start.length - end.length) / part.length)) + end;
const nested = (bytes: number): string => {
  const depth = Math.floor(bytes / 2);
  return '['.repeat(depth) + ']'.repeat(depth);
};
function keys(bytes: number, value: string): string {
  const parts: string[] = [];
  for (let length = 2; length < bytes - 40; length += parts.at(-1)!.length + 1) {
    parts.push(`"${parts.length.toString(36)}":${value}`);
  }
  return `{${parts.join(',')}}`;
}

/** As large as haloSide.ts reads them. */
const BYTES = 2 * 1024 * 1024;
const TEXTS: readonly string[] = [
  nested(BYTES),
  keys(BYTES, '1e999'),
  filled(BYTES, '{},', ['{"rows":[', '{}]}']),
  filled(BYTES, '0,', ['[{"id":"1","url":"","active":true,"events":[', '0]}]']),
];

let fake: FakeHalo;
beforeEach(async () => {
  fake = await startFakeHalo();
});
afterEach(() => fake.close());

test('the webhooks and the names of events of a Halo', async () => {
  fake.onToken = ({ body }, response) => {
    const token = new URLSearchParams(body).get('client_id');
    reply(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
  };
  fake.onApi = ({ headers }, response) => {
    reply(response, 200, TEXTS[Number(headers.authorization?.split('-')[1])] ?? '[]');
  };
  // Its heap is no larger than 320 MiB.
  const program = startProgram(new URL('programs/asking.ts', import.meta.url).pathname, {
    args: [fake.url, String(TEXTS.length)],
    env: { NODE_OPTIONS: '--max-old-space-size=320' },
  });
  for (const _ of TEXTS) expect(await program.reply()).toHaveLength(2);
  expect(await program.ended()).toBe(0);
}, 240_000);
