/** JavaScript's built-in objects, which all runs of a worker share. */
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { WRITES } from './workflows/builtIns.ts';

let haloflow: TestHaloflow;
beforeAll(async () => (haloflow = await startHaloflow()));
afterAll(() => haloflow.close());

const ofGlobex = { organization: 'globex', owner: 'globex' };

test.each(Object.keys(WRITES))('%s: the run that writes it fails, and no other one sees it', async (what) => {
  const written = haloflow.run('writesToAll', [what], { organization: 'northwind' });
  await expect(written).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/read.only|not extensible|immutable|customer of northwind/i) },
  });
  expect(await haloflow.run('looksForMarks', [], ofGlobex)).toEqual([]);
});

test('objects, errors and lists of its own have what names they like', async () => {
  expect(await haloflow.run('hasItsOwn', [], ofGlobex)).toEqual({
    error: 'Mine: no!',
    old: 'old',
    list: ['list', 7],
    record: JSON.stringify({
      constructor: 'constructor',
      toString: 'toString',
      valueOf: 'valueOf',
      hasOwnProperty: 'hasOwnProperty',
      __customer: '__customer',
    }),
    keys: ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__customer'],
    bare: 1,
    name: 'Old',
  });
});
