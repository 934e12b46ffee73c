/** Live updates. */
import { Readable } from 'node:stream';
import { Problem } from '../../problem.ts';
import { positionOf } from '../cursor.ts';
import { asMark, follow } from '../follow.ts';
import { text } from '../schema.ts';
import { route } from '../types.ts';

/** At a time, of one process. */
const MOST_STREAMS = 100;
/** Of one token: nobody takes them all. */
const MOST_OF_ONE = 20;
/** Open ones by whose they are. */
const streams: string[] = [];

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
    handle: ({ store }, { principal, query, headers, signal, closing }) => {
      const last = headers['last-event-id'];
      const cursor = query.cursor ?? (typeof last === 'string' && last !== '' ? last : undefined);
      const since = positionOf(cursor, asMark) ?? null;
      const { actor } = principal;
      const own = streams.filter((one) => one === actor).length;
      if (own >= MOST_OF_ONE) throw tooMany(`${MOST_OF_ONE} streams of this token`);
      if (streams.length >= MOST_STREAMS) throw tooMany(`${MOST_STREAMS} streams`);
      const ends = AbortSignal.any([signal, closing]);
      // One piece at a time: the next look waits until the reader has taken it.
      const stream = Readable.from(follow({ store, principal, since, signal: ends }), { highWaterMark: 1 });
      streams.push(actor);
      stream.once('close', () => streams.splice(streams.indexOf(actor), 1));
      return Promise.resolve(stream);
    },
  }),
];

const tooMany = (what: string): Problem =>
  new Problem(429, 'Too Many Requests', `${what} are open: close some first`, {
    headers: { 'retry-after': '10' },
  });
