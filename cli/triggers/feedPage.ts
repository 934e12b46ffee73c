/** A feed as facts for a terminal. */
import type { FeedDocument } from '../../triggers/show/feeds.ts';
import { facts } from '../facts.ts';
import { relative, span } from '../when.ts';

export function feedPage(feed: FeedDocument, now: Date): string {
  const when = (time: string | null): string =>
    time === null ? '-' : `${time} (${relative(new Date(time), now)})`;
  const head = [`feed ${feed.kind}`, `${feed.state}, on ${feed.connection ?? 'no connection'}`] as const;
  // Nothing has been read yet, not even how often it will be.
  if (feed.everySeconds === null && feed.lastPoll === null) return facts([head]);
  return facts([
    head,
    ['interval', feed.everySeconds === null ? '-' : `${feed.everySeconds} s`],
    ['last poll', when(feed.lastPoll)],
    ...(feed.errors > 0 ? [['last good poll', when(feed.lastSuccess)] as const] : []),
    ['next poll', when(feed.nextPoll)],
    ['cursor', feed.cursor ?? '-'],
    ...(feed.wentBack === null
      ? []
      : [
          [
            'halo restored',
            `${when(feed.wentBack.at)}: tickets from ${feed.wentBack.firstId} on belong to generation ${feed.wentBack.generation}`,
          ] as const,
        ]),
    ['lag', feed.lagSeconds === null ? '-' : span(feed.lagSeconds * 1_000)],
    ['errors in a row', feed.error === null ? feed.errors : `${feed.errors}: ${feed.error}`],
  ]);
}
