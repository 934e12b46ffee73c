/** Live updates. */
import { Readable } from 'node:stream';
import { lineTo } from '../../../organizations/tree.ts';
import { Shares } from '../../../shares.ts';
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
  /** Whose: the organizations from the root down, then an end; of the whole installation the end alone. */
  readonly path: readonly string[];
  readonly end: () => void;
}

const streams = new Shares<OpenStream>();
const byActor = new Map<string, number>();
/** How long a reader has to take the rest of a stream that is over. One that takes nothing would keep its connection. */
const TAKEN_WITHIN_MS = 1_000;
/** No slug is empty. */
const END = '';

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
    handle: async ({ store, configuration }, { principal, query, headers, ...asked }) => {
      const last = headers['last-event-id'];
      const cursor = query.cursor ?? (typeof last === 'string' && last !== '' ? last : undefined);
      const since = positionOf(cursor, asMark) ?? null;
      const { actor, organization } = principal;
      const path = [
        ...(organization === null ? [] : lineTo(await configuration.current(), organization)),
        END,
      ];
      makeRoom(actor, path);
      const ended = new AbortController();
      const end = (): void => ended.abort();
      const signal = AbortSignal.any([asked.signal, asked.closing, ended.signal]);
      signal.addEventListener('abort', () => void setTimeout(asked.hangUp, TAKEN_WITHIN_MS).unref());
      const text = follow({ store, principal, since, signal, onRevoked: end });
      // One piece at a time: the next look waits until the reader has taken it.
      const stream = Readable.from(text, { highWaterMark: 1 });
      const open = { actor, path, end };
      streams.add(path, open);
      byActor.set(actor, (byActor.get(actor) ?? 0) + 1);
      stream.once('close', () => {
        streams.remove(path, open);
        forget(actor);
      });
      return stream;
    },
  }),
];

/**
 * Sees to it that there is room for one more. Where all are taken, those of the tree or of the process, the part that has
 * most gives one up to a part that has fewer: a tree to another one, and within a tree an organization, with all below it,
 * to those beside and above it. Its reader connects again, and goes on from where it was as soon as there is room.
 *
 * @throws Problem 429 that says whose share is used up.
 */
function makeRoom(actor: string, path: readonly string[]): void {
  if ((byActor.get(actor) ?? 0) >= MOST_OF_ONE) throw tooMany(`${MOST_OF_ONE} streams of this token`);
  if (streams.sizeOf(path.slice(0, 1)) >= MOST_OF_TREE) {
    return take(streams.giveWay(path, 1), `${MOST_OF_TREE} streams of this organization and those around it`);
  }
  if (streams.size >= MOST_STREAMS)
    take(streams.giveWay(path), `${MOST_STREAMS} streams of all organizations`);
}

function take(given: OpenStream | undefined, what: string): void {
  if (!given) throw tooMany(what);
  given.end();
}

function forget(actor: string): void {
  const left = (byActor.get(actor) ?? 1) - 1;
  if (left > 0) byActor.set(actor, left);
  else byActor.delete(actor);
}

const tooMany = (what: string): Problem =>
  new Problem(429, 'Too Many Requests', `${what} are open: close some first`, {
    headers: { 'retry-after': '10' },
  });
