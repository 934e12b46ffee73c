/** Which errors end a call, and how soon the others are tried again. */
import { BudgetWait } from '../../calls/budget.ts';
import { HaloConnectionError, HaloNotFoundError } from '../../errors.ts';
import { isFinal, toFailure } from '../../worker/failure.ts';

function overflow(): Error {
  const deep = (): number => 1 + deep();
  try {
    return new Error(`${deep()} levels`);
  } catch (error) {
    return error as Error;
  }
}

const lost = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

test.each([
  ['Postgres is away, however often', lost(), 1_000, false],
  ['a wait, however often', new BudgetWait(9_000), 1_000, false],
  ['a bug, at first', new TypeError('x is undefined'), 4, false],
  ['a bug, once the tries are spent', new TypeError('x is undefined'), 5, true],
  ['a value that no try can read', overflow(), 1, true],
  ['a refusal', new HaloNotFoundError('no such ticket'), 1, true],
  ['Halo is away, at first', new HaloConnectionError('refused', { cause: lost() }), 4, false],
  ['Halo is away, once the tries are spent', new HaloConnectionError('refused', { cause: lost() }), 5, true],
])('%s', (_, error, reached, final) => {
  expect(isFinal(error, { reached, allowed: 5 })).toBe(final);
  expect(toFailure(error, { reached, allowed: 5 }).nonRetryable).toBe(final);
});

test.each([lost(), new TypeError('x is undefined')])(
  'a call that has not reached Halo is tried again after a second (%s)',
  (error) => {
    expect(toFailure(error, { reached: 0, allowed: 5 }).nextRetryDelay).toBe(1_000);
  },
);
