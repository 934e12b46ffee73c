const ARRIVALS_KEPT = 200_000;

export interface Limit {
  readonly requests: number;
  readonly perSeconds: number;
}

export interface LimitReport {
  readonly requests: number;
  readonly perSeconds: number;
  /** The most arrivals, refused ones too, in any window of that length since the last reset. */
  readonly maxInWindow: number;
  readonly arrivals: number;
  readonly refused: number;
}

/** Counts the requests of one tenant in an exact rolling window on their time of arrival. */
export class Limiter {
  private arrivals: number[] = [];
  private accepted: number[] = [];
  private first = 0;
  private arrived = 0;
  private refused = 0;

  /** Null when the request may pass, else the milliseconds until the next place. `now` never goes back. */
  arrive(now: number, limit: Limit): number | null {
    if (this.arrivals.length === ARRIVALS_KEPT) this.arrivals = this.arrivals.slice(ARRIVALS_KEPT / 2);
    this.arrived += 1;
    this.arrivals.push(now);
    const windowStart = now - limit.perSeconds * 1000;
    while (this.first < this.accepted.length && (this.accepted[this.first] ?? 0) <= windowStart)
      this.first += 1;
    if (this.first > 10_000) {
      this.accepted = this.accepted.slice(this.first);
      this.first = 0;
    }
    const oldest = this.accepted[this.accepted.length - limit.requests];
    if (this.accepted.length - this.first < limit.requests) {
      this.accepted.push(now);
      return null;
    }
    this.refused += 1;
    return (oldest ?? now) - windowStart;
  }

  /** `maxInWindow` may be asked for another window than the one that limits. */
  report(limit: Limit): LimitReport {
    const width = limit.perSeconds * 1000;
    let start = 0;
    let maxInWindow = 0;
    for (const [index, time] of this.arrivals.entries()) {
      while ((this.arrivals[start] ?? time) <= time - width) start += 1;
      maxInWindow = Math.max(maxInWindow, index - start + 1);
    }
    return { ...limit, maxInWindow, arrivals: this.arrived, refused: this.refused };
  }
}
