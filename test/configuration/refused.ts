import { readTriggers } from '../../triggers/registry.ts';
import type { Emptied } from './emptied.ts';
import { withTriggers } from './files.ts';

/** What is wrong, the lines of the trigger, and the beginning of the refusal. */
export type Refused = readonly [what: string, yaml: string, said: string];

/** One test for each: the file is refused with this line alone, and nothing of it is stored. */
export function testRefusals(database: Emptied, all: readonly Refused[]): void {
  test.each(all)('%s', async (_what, yaml, said) => {
    expect(await database.refusals(withTriggers(yaml))).toEqual([
      expect.stringContaining(`my.yaml:${said.startsWith('2') ? said : ''}`),
    ]);
    expect(await database.version()).toBe(0);
    expect(await readTriggers(database.store)).toEqual([]);
  });
}
