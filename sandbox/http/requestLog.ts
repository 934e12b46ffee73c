const ENTRIES_KEPT = 100_000;
const BODY_CHARACTERS_KEPT = 20_000;

/** One request that reached `/api` or `/auth`. */
export interface LoggedRequest {
  readonly id: number;
  /** Milliseconds since 1970, on arrival. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Whether it carried an Authorization header. */
  readonly authorized: boolean;
  readonly clientId: string | null;
  /** The body of a write; never a secret. */
  readonly body: unknown;
  /** Null when the connection was dropped without an answer. */
  readonly status: number | null;
  /** The kind of the fault that hit it. */
  readonly fault: string | null;
}

/** The latest requests of a tenant, oldest first. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private lastId = 0;

  add(entry: Omit<LoggedRequest, 'id'>): number {
    if (this.entries.length === ENTRIES_KEPT) this.entries = this.entries.slice(ENTRIES_KEPT / 2);
    this.lastId += 1;
    this.entries.push({ ...entry, id: this.lastId });
    return this.lastId;
  }

  update(id: number, changes: Partial<LoggedRequest>): void {
    const index = id - (this.entries[0]?.id ?? 0);
    const entry = this.entries[index];
    if (entry) this.entries[index] = { ...entry, ...changes };
  }

  since(time: number): readonly LoggedRequest[] {
    return this.entries.filter((entry) => entry.time >= time);
  }

  clear(): void {
    this.entries = [];
  }
}

/** A request body for the log: JSON where it is, cut where it is long. */
export function loggableBody(text: string): unknown {
  if (text === '') return null;
  if (text.length > BODY_CHARACTERS_KEPT) return { characters: text.length, start: text.slice(0, 200) };
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
