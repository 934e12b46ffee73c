/** The converters that Temporal's bundler puts into every workflow's sandbox instead of its own. */
export { failureConverter } from './workflowFailures.ts';
export { payloadConverter } from './workflowValues.ts';
