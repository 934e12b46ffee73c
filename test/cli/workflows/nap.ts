/** A run that stays open while a test does something to the installation. */
import { condition, defineSignal, setHandler } from '@temporalio/workflow';

export async function nap(): Promise<string> {
  let awake = false;
  setHandler(defineSignal('wake'), () => {
    awake = true;
  });
  await condition(() => awake);
  return 'rested';
}
