import { BudgetWait } from '../calls/budget.ts';

/** Calls of several requests wait inside the activity between them; together they hold a bounded share of the slots. */
export interface LongCalls {
  /**
   * Takes one of the places; call what is returned when the call is over.
   *
   * @throws BudgetWait when all of them are taken: the call gives its slot back and asks again.
   */
  enter(): () => void;
}

const ASK_AGAIN_MS = 2_000;

/** At most a quarter of a worker's slots, at least one. */
export function longCalls(slots: number): LongCalls {
  const places = Math.max(1, Math.floor(slots / 4));
  let taken = 0;
  return {
    enter() {
      if (taken >= places)
        throw new BudgetWait(ASK_AGAIN_MS, 'Waiting for a place among the calls of several requests');
      taken += 1;
      return () => {
        taken -= 1;
      };
    },
  };
}
