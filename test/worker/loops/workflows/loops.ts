/** Runs that never give control back, inside a scope and outside one. */
import { CancellationScope, sleep } from '@temporalio/workflow';

export async function outside(): Promise<void> {
  await sleep(1);
  for (;;) await Promise.resolve();
}

export async function inside(): Promise<void> {
  await CancellationScope.cancellable(async () => {
    await sleep(1);
    for (;;);
  });
}

export async function microtasksInside(): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    await sleep(1);
    for (;;) await Promise.resolve();
  });
}

export async function waits(): Promise<string> {
  return await CancellationScope.cancellable(async () => {
    await sleep(1);
    return 'done';
  });
}

export async function waitsForMany(): Promise<void> {
  await Promise.all(Array.from({ length: 1_000 }, () => sleep('1 hour')));
}
