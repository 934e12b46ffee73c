/** What `look` returns once it does not throw any more. */
export { untilPasses as eventually } from '../support/polling.ts';
