import { emptyDatabase } from '../resources/index.ts';
import type { Context, Resource } from '../rest/resource.ts';
import { CHANGED, type Database, type Row } from '../rest/table.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { seedBusiness } from './business.ts';
import { FIRST_HUMAN_AGENT, seedAgents, seedClients } from './people.ts';
import { PROFILES, type Profile } from './profiles.ts';
import { Random } from './random.ts';
import { seedReference } from './reference.ts';
import { seedTickets } from './tickets.ts';

/** What the parts of the demo data are made with. */
export interface Builder {
  readonly db: Database;
  readonly profile: Profile;
  readonly random: Random;
  readonly scale: number;
  readonly now: number;
  /** The moment that long before now, in milliseconds. */
  readonly at: (agoMs: number) => number;
  /** Creates a record by the rules of its resource, as if at that moment. */
  readonly put: (resource: Resource, when: number, input: Row) => Row;
  /** Stores a record as it is, last changed at that moment. */
  readonly store: (table: string, when: number, row: Row) => Row;
  /** What the rules of resources see at that moment; events go nowhere. */
  readonly contextAt: (when: number) => Context;
}

/** The demo data of a tenant: the same for the same name, moment and scale. */
export function seed(name: string, options: { readonly scale: number; readonly now: Date }): Database {
  const profile = PROFILES[name];
  if (!profile) throw new Error(`there is no demo tenant ${name}`);
  const db = emptyDatabase();
  const random = new Random(name);
  const now = options.now.getTime();
  const contextAt = (when: number): Context => ({
    db,
    settings: DEFAULT_SETTINGS,
    now: when,
    agentId: FIRST_HUMAN_AGENT,
    fire: () => undefined,
  });
  const store = (table: string, when: number, row: Row): Row =>
    db.table(table).put({ ...row, [CHANGED]: when });
  const build: Builder = {
    db,
    profile,
    random,
    scale: options.scale,
    now,
    at: (agoMs) => now - agoMs,
    store,
    contextAt,
    put: ({ table, write }, when, input) => {
      const context = contextAt(when);
      const id = input['id'] ?? db.table(table).nextId();
      const row = { ...write?.defaults?.(input, context), ...input, id };
      return store(table, when, write?.finish?.(row, null, input, context) ?? row);
    },
  };
  seedReference(db, profile, random);
  seedAgents(build);
  seedClients(build);
  seedBusiness(build);
  seedTickets(build);
  return db;
}
