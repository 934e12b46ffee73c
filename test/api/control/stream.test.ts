/** Live updates: whoever follows hears of every change of what it may see, once it is committed, and of nothing else. */
import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { LOCAL } from '../../../access/principal.ts';
import { principalOf, revokeToken } from '../../../access/tokens.ts';
import { follow } from '../../../api/control/follow.ts';
import { events } from '../../../store/schema/events.ts';
import { runs } from '../../../store/schema/runs.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
beforeEach(async () => {
  plane = await startPlane();
});
afterEach(() => plane.close());

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Followed {
  readonly status: number;
  readonly type: unknown;
  /** The next message that is no comment; null at the end. */
  next(): Promise<Message | null>;
  stop(): void;
}

async function open(token: string, headers: Record<string, string> = {}): Promise<Followed> {
  const reply = await request(`${plane.url}/stream`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const pieces = reply.body[Symbol.asyncIterator]();
  let text = '';
  return {
    status: reply.statusCode,
    type: reply.headers['content-type'],
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
          if (field('event') === '') continue;
          return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) };
        }
        const piece = await pieces.next();
        if (piece.done) return null;
        text += String(piece.value);
      }
    },
    stop: () => reply.body.destroy().on('error', () => undefined),
  };
}

const run = (organization: string): typeof runs.$inferInsert => ({
  id: randomUUID(),
  workflowId: `o/${organization}/${randomUUID()}`,
  workflow: 'echo',
  owner: organization,
  organization,
  overrides: {},
  input: ['kept to itself'],
  startedBy: 'test',
});

test('runs and events arrive as they change, those of others do not, and inputs stay where they are', async () => {
  const { db, pool } = plane.store;
  const stream = await open(await plane.token('msp', 'viewer'));
  expect([stream.status, stream.type]).toEqual([200, 'text/event-stream']);
  expect(await stream.next()).toMatchObject({ event: 'ready' });
  const mine = run('acme');
  await db.insert(runs).values([run('other'), mine]);
  expect(await stream.next()).toMatchObject({ event: 'run', data: { id: mine.id, status: 'running' } });
  await pool.query(
    `update runs set status = 'failed', closed_at = now(), error_message = 'no' where id = $1`,
    [mine.id],
  );
  const ended = await stream.next();
  expect(ended).toMatchObject({ event: 'run', data: { id: mine.id, status: 'failed', error: {} } });
  expect(JSON.stringify(ended)).not.toContain('kept to itself');
  await db.insert(events).values([
    { trigger: 'x', key: 'tickets/1', source: 'manual', organization: 'other' },
    {
      trigger: 'x',
      key: 'tickets/2',
      source: 'manual',
      organization: 'msp',
      payload: { secret: 'kept too' },
    },
  ]);
  const heard = await stream.next();
  expect(heard).toMatchObject({ event: 'event', data: { key: 'tickets/2', status: 'pending' } });
  expect(JSON.stringify(heard)).not.toContain('kept too');
  stream.stop();
});

test('what is committed late, behind what began after it, is not missed', async () => {
  const stream = await open(await plane.token(null, 'viewer'));
  await stream.next();
  const [late, soon] = [run('msp'), run('msp')];
  const client = await plane.store.pool.connect();
  await client.query('begin');
  await client.query(
    `insert into runs (id, workflow_id, workflow, owner, organization, overrides, started_by)
      values ($1, 'late', 'echo', 'msp', 'msp', '{}', 'test')`,
    [late.id],
  );
  await plane.store.db.insert(runs).values(soon);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await client.query('commit');
  client.release();
  const heard = [await stream.next(), await stream.next()].map((message) => message?.data['id']);
  expect(heard).toEqual([late.id, soon.id]);
  stream.stop();
});

test('a stream goes on where the one before ended, however much has changed since', async () => {
  const token = await plane.token('msp', 'viewer');
  const first = await open(token);
  const ready = await first.next();
  first.stop();
  const made = Array.from({ length: 250 }, () => run('acme'));
  await plane.store.db.insert(runs).values(made);
  const second = await open(token, { 'last-event-id': ready?.id ?? '' });
  await second.next();
  const ids = new Set<unknown>();
  let last: Message | null = null;
  while (ids.size < made.length) {
    last = await second.next();
    if (last === null) throw new Error('the stream has ended');
    ids.add(last.data['id']);
  }
  expect(ids).toEqual(new Set(made.map(({ id }) => id)));
  second.stop();
  const extra = run('msp');
  await plane.store.db.insert(runs).values(extra);
  const third = await open(token, { 'last-event-id': last?.id ?? '' });
  await third.next();
  expect(await third.next()).toMatchObject({ data: { id: extra.id } });
  third.stop();
});

test('a made-up place is refused, and nobody follows without a token', async () => {
  const refused = await open(await plane.token('msp', 'viewer'), { 'last-event-id': 'bm9uc2Vuc2U' });
  expect(refused.status).toBe(400);
  expect((await open('x')).status).toBe(401);
});

test('it ends when the server closes', async () => {
  const stream = await open(await plane.token('msp', 'viewer'));
  await stream.next();
  await plane.close();
  expect(await stream.next()).toBeNull();
  plane = await startPlane();
});

test('it says that it is there, and ends soon after its token', async () => {
  const { store } = plane;
  const principal = await principalOf(store, await plane.token('msp', 'viewer'));
  const signal = new AbortController().signal;
  const pieces = follow({ store, principal, since: null, signal, everyMs: 10, heartbeatMs: 20 });
  expect((await pieces.next()).value).toContain('event: ready');
  expect((await pieces.next()).value).toMatch(/^: still here\nid: \S+\n\n$/);
  await revokeToken(store, LOCAL, principal.actor);
  let next = await pieces.next();
  while (!next.done) next = await pieces.next();
  expect(next.done).toBe(true);
});

test('what changes after its token has ended is not told', async () => {
  const { store } = plane;
  const principal = await principalOf(store, await plane.token('acme', 'viewer'));
  const signal = new AbortController().signal;
  const pieces = follow({ store, principal, since: null, signal, everyMs: 10 });
  expect((await pieces.next()).value).toContain('event: ready');
  await revokeToken(store, LOCAL, principal.actor);
  await store.db.insert(runs).values(run('acme'));
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
});

test('one token does not take the streams of all', async () => {
  const token = await plane.token('other', 'viewer');
  const open20 = await Promise.all(Array.from({ length: 20 }, () => open(token)));
  const more = await plane.ask(token, 'GET', '/stream');
  expect([more.status, more.body['detail']]).toEqual([
    429,
    '20 streams of this token are open: close some first',
  ]);
  const others = await open(await plane.token('msp', 'editor'));
  expect(others.status).toBe(200);
  for (const stream of [...open20, others]) stream.stop();
});
