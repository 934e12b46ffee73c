/** One row that PostgreSQL refuses takes no other with it, and is told. */
import { eq } from 'drizzle-orm';
import { configurationReader } from '../../organizations/configuration.ts';
import { events } from '../../store/schema/events.ts';
import { runs } from '../../store/schema/runs.ts';
import { insertEventsApart } from '../../triggers/events.ts';
import { triggerReader } from '../../triggers/registry.ts';
import { readRunEnds } from '../../triggers/runEnds/read.ts';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { eventually } from './eventually.ts';

let haloflow: TestHaloflow;
beforeAll(async () => (haloflow = await startHaloflow()));
afterAll(() => haloflow.close());

const read = async (): Promise<void> => {
  await readRunEnds(
    {
      store: haloflow.store,
      client: haloflow.starter.client,
      taskQueue: haloflow.queues.runs,
      configuration: configurationReader(haloflow.store),
      triggers: triggerReader(haloflow.store),
    },
    new AbortController().signal,
  );
};

/** How each run ended by its row, in their order, once all of them have. */
async function endsOf(ids: readonly string[]): Promise<(typeof runs.$inferSelect)[]> {
  return await eventually(async () => {
    await read();
    const rows = await Promise.all(
      ids.map(async (id) => (await haloflow.store.db.select().from(runs).where(eq(runs.id, id)))[0]!),
    );
    expect(rows.map(({ status }) => status)).not.toContain('running');
    return rows;
  });
}

async function ended(workflow: string, args: readonly unknown[]): Promise<string> {
  const { run, handle } = await haloflow.start(workflow, args, { organization: 'northwind' });
  await handle.result().catch(() => null);
  return run;
}

test('a long error with a character at the place of the cut ends its run, and the runs beside it', async () => {
  const long = await ended('hostileText', ['message', 1, 10_001, '🦁']);
  const others = await Promise.all([1, 2, 3].map((id) => ended('echo', [id])));
  const [failed, ...rest] = await endsOf([long, ...others]);
  expect(failed).toMatchObject({ status: 'failed', errorType: 'Error' });
  expect(failed?.errorMessage).toHaveLength(4_000);
  expect(failed?.errorMessage?.isWellFormed()).toBe(true);
  expect(rest.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
});

test('an end that PostgreSQL refuses is kept without its reason, and the others with theirs', async () => {
  await haloflow.store.pool.query(`
    create function refuse_marked() returns trigger language plpgsql as
      $$ begin if new.error_message like '%refuse me%' then raise exception 'no' using errcode = '22000'; end if;
         return new; end $$;
    create trigger refuse_marked before update on runs for each row execute function refuse_marked();`);
  const ids = await Promise.all([
    ended('hostileText', ['message', 5, 9]),
    ended('hostileText', ['text', 12, 30, 'refuse me ']),
    ended('echo', [1]),
  ]);
  const [before, refused, after] = await endsOf(ids);
  expect(before?.errorMessage).toBe('aaaaa\u{FFFD}aaa');
  expect(refused).toMatchObject({
    status: 'failed',
    errorMessage: 'the reason could not be stored: see Temporal',
  });
  expect(after?.status).toBe('completed');
});

test('an event that PostgreSQL refuses is stored as failed, and the others as pending', async () => {
  await haloflow.store.pool.query(`
    create function refuse_record() returns trigger language plpgsql as
      $$ begin if new.record = 13 then raise exception 'no' using errcode = '22003'; end if; return new; end $$;
    create trigger refuse_record before insert on events for each row execute function refuse_record();`);
  const rows = [11, 12, 13, 14].map((record) => ({
    trigger: 'watch',
    key: `tickets/${record}`,
    source: 'poll' as const,
    connection: 'northwind-halo',
    kind: 'tickets' as const,
    record,
    poll: 1,
  }));
  const fresh = await haloflow.store.db.transaction((tx) => insertEventsApart(tx, rows));
  expect(fresh.map(({ record }) => record)).toEqual([11, 12, 14]);
  const stored = await haloflow.store.db.select().from(events).orderBy(events.key);
  expect(stored.map(({ key, status }) => `${key} ${status}`)).toEqual([
    'tickets/11 pending',
    'tickets/12 pending',
    'tickets/13 failed',
    'tickets/14 pending',
  ]);
  expect(stored[2]?.reason).toBe('it could not be stored: PostgreSQL refuses a value (22003)');
});
