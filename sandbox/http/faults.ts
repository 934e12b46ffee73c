import { setTimeout as sleep } from 'node:timers/promises';

const KINDS = [
  'status',
  'delay',
  'drop-before',
  'drop-after',
  'truncate',
  'html',
  'empty',
  'expire-tokens',
] as const;

type FaultKind = (typeof KINDS)[number];

/** Something that shall go wrong with the next requests that match. */
export interface Fault {
  readonly kind: FaultKind;
  /** Path: without regard to case, below `/api` or in full, `*` for anything. */
  readonly match?: { readonly method?: string; readonly path?: string; readonly clientId?: string };
  /** How many requests it hits; 1 when left out. */
  readonly times?: number;
  /** How many matching requests pass unharmed first. */
  readonly skip?: number;
  /** Let the request do its work first, and spoil only the answer (status, html, empty) or hold it back (delay). */
  readonly commit?: boolean;
  readonly status?: number;
  readonly delayMs?: number;
  /** Text, or anything else to be sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Pending {
  readonly fault: Fault;
  readonly pattern: RegExp | null;
  skip: number;
  left: number;
}

interface Target {
  readonly method: string;
  readonly path: string;
  readonly clientId: string | null;
}

/** The faults waiting in one tenant; the first that matches a request is used. */
export class Faults {
  private pending: Pending[] = [];
  private readonly held = new Set<AbortController>();

  /** Throws when the fault is none that the sandbox knows. */
  add(fault: Fault): void {
    if (!KINDS.includes(fault.kind)) {
      throw new Error(`fault kind ${fault.kind} is not one of ${KINDS.join(', ')}`);
    }
    const path = fault.match?.path;
    const pattern = path === undefined ? null : pathPattern(path);
    this.pending.push({ fault, pattern, skip: fault.skip ?? 0, left: fault.times ?? 1 });
  }

  take(target: Target): Fault | null {
    const hit = this.pending.find((entry) => matches(entry, target));
    if (!hit) return null;
    if (hit.skip > 0) {
      hit.skip -= 1;
      return null;
    }
    hit.left -= 1;
    if (hit.left <= 0) this.pending = this.pending.filter((entry) => entry !== hit);
    return hit.fault;
  }

  list(): readonly Fault[] {
    return this.pending.map(({ fault, left, skip }) => ({ ...fault, times: left, skip }));
  }

  /** Holds a request back for `delayMs` milliseconds, or until the faults are cleared. */
  async hold(delayMs: number): Promise<void> {
    const cleared = new AbortController();
    this.held.add(cleared);
    // A reply that is still to come keeps nobody's process from ending: the sandbox may be closed by then.
    await sleep(delayMs, undefined, { ref: false, signal: cleared.signal }).catch(() => undefined);
    this.held.delete(cleared);
  }

  clear(): void {
    this.pending = [];
    for (const cleared of this.held) cleared.abort();
  }
}

function matches({ fault, pattern }: Pending, target: Target): boolean {
  const { method, clientId } = fault.match ?? {};
  if (method !== undefined && method.toUpperCase() !== target.method) return false;
  if (clientId !== undefined && clientId !== target.clientId) return false;
  return pattern === null || pattern.test(target.path) || pattern.test(target.path.replace(/^\/api/i, ''));
}

function pathPattern(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}/?$`, 'i');
}
