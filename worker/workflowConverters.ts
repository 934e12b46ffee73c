/** What Temporal's bundler puts into every workflow's sandbox in the place of its own converters. */
export { failureConverter } from './workflowFailures.ts';
export { payloadConverter } from './workflowValues.ts';
