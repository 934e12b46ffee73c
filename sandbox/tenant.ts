import { Tokens } from './auth/tokens.ts';
import type { DemoTenant } from './demo.ts';
import { API_AGENT } from './data/people.ts';
import { seed } from './data/seed.ts';
import { Faults } from './http/faults.ts';
import { Limiter } from './http/limiter.ts';
import { RequestLog } from './http/requestLog.ts';
import type { Context, EventRecords } from './rest/resource.ts';
import type { Database } from './rest/table.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { Deliveries } from './deliveries.ts';

export interface SeedOptions {
  readonly scale: number;
  readonly now: Date;
}

interface Event {
  readonly event: number;
  readonly records: EventRecords;
}

/** Everything one tenant of the sandbox knows and remembers. */
export class Tenant {
  readonly demo: DemoTenant;
  readonly tokens = new Tokens();
  readonly log = new RequestLog();
  readonly faults = new Faults();
  readonly deliveries = new Deliveries();
  limiter = new Limiter();
  settings: Settings = DEFAULT_SETTINGS;
  db: Database;
  private readonly seedOptions: SeedOptions;
  /** Backups by name, shared by all tenants of a sandbox, so that one can be refreshed from another. */
  private readonly backups: Map<string, Database>;

  constructor(demo: DemoTenant, seedOptions: SeedOptions, backups = new Map<string, Database>()) {
    this.demo = demo;
    this.seedOptions = seedOptions;
    this.backups = backups;
    this.db = seed(demo.name, seedOptions);
  }

  /** Data, settings, faults, request log and request count as at the start. Tokens stay valid. */
  reset(): void {
    this.db = seed(this.demo.name, this.seedOptions);
    this.settings = DEFAULT_SETTINGS;
    this.faults.clear();
    this.log.clear();
    this.limiter = new Limiter();
  }

  /** Saves the current data under a name. */
  backUp(name: string): void {
    this.backups.set(name, this.db.copy());
  }

  /**
   * Restores the data from a backup of this or another tenant; ids continue from there. Throws if there is no such
   * backup.
   */
  restore(name: string): void {
    const backup = this.backups.get(name);
    if (!backup) throw new Error(`there is no backup ${name}`);
    this.db = backup.copy();
  }

  /** Halo's clock, milliseconds since 1970. */
  now(): number {
    return Date.now() + this.settings.clockAheadSeconds * 1000;
  }

  /** Runs a request's work and, when it is done, delivers the events it caused to the webhooks bound to them. */
  work<T>(body: (context: Context) => T, agentId: number = API_AGENT): T {
    const events: Event[] = [];
    const { db, settings } = this;
    const context: Context = {
      db,
      settings,
      now: this.now(),
      agentId,
      fire: (event, records) => events.push({ event, records }),
    };
    try {
      return body(context);
    } catch (error) {
      if (!settings.keepEarlierOnBadElement) events.length = 0;
      throw error;
    } finally {
      for (const { event, records } of events) this.deliveries.fire(db, event, records);
    }
  }
}
