/** A database that every test of a file finds without a configuration, and what configuration files do to it. */
import { sql } from 'drizzle-orm';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';
import { readConfiguration } from '../../organizations/configuration.ts';
import type { Store } from '../../store/store.ts';
import { readTriggers } from '../../triggers/registry.ts';
import type { Trigger } from '../../triggers/types.ts';
import { createTestDatabase } from '../support/database.ts';
import { fileOf, problemsOf } from './files.ts';

type More = Partial<ConfigurationFile>;

export interface Emptied {
  /** Not before the tests begin. */
  readonly store: Store;
  /** The lines of the plan that was carried out. */
  readonly apply: (text: string, more?: More) => Promise<string[]>;
  readonly plan: (text: string, more?: More) => Promise<string[]>;
  /** The lines that a refused file gets, without the first. */
  readonly refusals: (text: string, more?: More) => Promise<string[]>;
  readonly version: () => Promise<number>;
  /** The only trigger that there is. */
  readonly onlyTrigger: () => Promise<Trigger>;
}

/** For the top of a test file: makes the database before its tests, and drops it after them. */
export function emptied(): Emptied {
  let opened: Awaited<ReturnType<typeof createTestDatabase>> | undefined;
  const store = (): Store => {
    if (!opened) throw new Error('the database is there when the tests begin');
    return opened.store;
  };
  beforeAll(async () => {
    opened = await createTestDatabase();
  });
  afterAll(() => opened?.drop());
  beforeEach(() =>
    store().db.execute(sql`truncate organizations, connections, mappings, configuration, triggers cascade`),
  );
  return {
    get store() {
      return store();
    },
    apply: async (text, more) => renderPlan(await applyFile(store(), fileOf(text, more))).split('\n'),
    plan: async (text, more) => renderPlan(await planFile(store(), fileOf(text, more))).split('\n'),
    refusals: (text, more) => problemsOf(applyFile(store(), fileOf(text, more))),
    version: async () => (await readConfiguration(store())).version,
    onlyTrigger: async () => {
      const [trigger, ...others] = await readTriggers(store());
      if (!trigger || others.length > 0) throw new Error(`${others.length + 1} triggers`);
      return trigger;
    },
  };
}
