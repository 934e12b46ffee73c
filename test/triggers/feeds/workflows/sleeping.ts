import { sleep } from '@temporalio/workflow';

/** Goes on for longer than the interval of the trigger that starts it. */
export async function sleeping(): Promise<void> {
  await sleep('3 seconds');
}
