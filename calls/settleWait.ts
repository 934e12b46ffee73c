import { BudgetWait } from './budget.ts';

/** A write whose reply was lost, or one that another call has under way: a later attempt finds out what became of it. Not a failure. */
export class SettleWait extends BudgetWait {
  constructor(retryAfterMs: number, reason: string) {
    super(retryAfterMs, reason, Infinity);
    this.name = 'SettleWait';
  }
}
