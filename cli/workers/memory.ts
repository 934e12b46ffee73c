import { readFileSync } from 'node:fs';

/** How many processes the kernel has killed for memory since it booted; null where it does not say. */
export function killedForMemory(): number | null {
  try {
    const [, count] = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8')) ?? [];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}
