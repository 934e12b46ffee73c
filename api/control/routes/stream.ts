/** Live updates. */
import { Readable } from 'node:stream';
import { rootOf } from '../../../organizations/tree.ts';
import { Problem } from '../../problem.ts';
import { positionOf } from '../cursor.ts';
import { asMark, follow } from '../follow.ts';
import { text } from '../schema.ts';
import { route } from '../types.ts';

/** At a time, of one process. */
const MOST_STREAMS = 100;
/** Of one token: nobody takes them all. */
const MOST_OF_ONE = 20;
/** Of the tokens of one tree of organizations. */
const MOST_OF_TREE = 50;

interface OpenStream {
  readonly actor: string;
  /** The root organization; null: of the whole installation. */
  readonly tree: string | null;
  readonly end: () => void;
}

/** Open ones, the oldest first. */
const streams: OpenStream[] = [];

export const streamRoutes = [
  route<object, { cursor?: string }>({
    id: 'stream.follow',
    method: 'GET',
    path: '/stream',
    role: 'viewer',
    summary: 'Runs and events of your organizations as they change, as server-sent events',
    description:
      'First comes `event: ready`; from then on nothing is missed: `event: run` and `event: event`, whose data is what the ' +
      'lists show, within two seconds of each change. A comment comes every 15 seconds. Each message has an id: sent back ' +
      'as the header Last-Event-ID, or as `cursor`, it makes the next stream go on from there.',
    query: {
      properties: { cursor: text('the id of the last message of the stream before') },
      optional: 'all',
    },
    type: 'text/event-stream',
    reply: { type: 'string', description: 'messages, as the HTML standard has them' },
    handle: async ({ store, configuration }, { principal, query, headers, signal, closing }) => {
      const last = headers['last-event-id'];
      const cursor = query.cursor ?? (typeof last === 'string' && last !== '' ? last : undefined);
      const since = positionOf(cursor, asMark) ?? null;
      const { actor, organization } = principal;
      const tree =
        organization === null
          ? null
          : (rootOf(await configuration.current(), organization)?.slug ?? organization);
      makeRoom(actor, tree);
      const ended = new AbortController();
      const ends = AbortSignal.any([signal, closing, ended.signal]);
      // One piece at a time: the next look waits until the reader has taken it.
      const stream = Readable.from(follow({ store, principal, since, signal: ends }), { highWaterMark: 1 });
      const open = { actor, tree, end: () => ended.abort() };
      streams.push(open);
      stream.once('close', () => drop(open));
      return stream;
    },
  }),
];

/**
 * Sees to it that there is room for one more. Where all are taken, the tree that has most gives one up to a tree that has
 * fewer: its reader connects again, and goes on from where it was as soon as there is room.
 *
 * @throws Problem 429 when the token or its tree has its share already.
 */
function makeRoom(actor: string, tree: string | null): void {
  const countOf = (isIt: (one: OpenStream) => boolean): number => streams.filter(isIt).length;
  if (countOf((one) => one.actor === actor) >= MOST_OF_ONE)
    throw tooMany(`${MOST_OF_ONE} streams of this token`);
  const own = countOf((one) => one.tree === tree);
  if (own >= MOST_OF_TREE) throw tooMany(`${MOST_OF_TREE} streams of this organization and those around it`);
  if (streams.length < MOST_STREAMS) return;
  const counts = new Map<string | null, number>();
  for (const one of streams) counts.set(one.tree, (counts.get(one.tree) ?? 0) + 1);
  const [largest, most] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [null, 0];
  const given = streams.findLast((one) => one.tree === largest);
  if (!given || most <= own + 1) throw tooMany(`${MOST_STREAMS} streams`);
  drop(given);
  given.end();
}

function drop(stream: OpenStream): void {
  const at = streams.indexOf(stream);
  if (at !== -1) streams.splice(at, 1);
}

const tooMany = (what: string): Problem =>
  new Problem(429, 'Too Many Requests', `${what} are open: close some first`, {
    headers: { 'retry-after': '10' },
  });
