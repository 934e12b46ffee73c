import { cronTimes } from '../cron/times.ts';
import type { CronParameters } from '../types.ts';

/** The next times at which a cron trigger fires, without jitter. */
export function nextTimes(parameters: CronParameters, now: Date, count = 3): Date[] {
  const times: Date[] = [];
  for (const time of cronTimes(parameters, now)) {
    if (times.push(time) >= count) break;
  }
  return times;
}
