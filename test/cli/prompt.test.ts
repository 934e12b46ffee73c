/** Questions to somebody at a terminal. */
import { PassThrough } from 'node:stream';
import { asked } from '../../cli/prompt.ts';

const real = Object.getOwnPropertyDescriptor(process, 'stdin')!;
afterEach(() => void Object.defineProperty(process, 'stdin', real));

function typing(): PassThrough {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => terminal });
  Object.defineProperty(process, 'stdin', { value: terminal, configurable: true });
  return terminal;
}

test('an answer is taken without the spaces around it', async () => {
  const terminal = typing();
  const answer = asked('Which?');
  terminal.write('  acme \r');
  expect(await answer).toBe('acme');
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s instead of an answer stops the command, and is no failure of it', async (_name, key) => {
  const terminal = typing();
  const answer = asked('Which?');
  terminal.write(key);
  await expect(answer).rejects.toMatchObject({ name: 'Interrupted', exitCode: 130 });
});
