/** A feed as facts for a terminal, and as a document. */
import { facts } from '../facts.ts';
import { moment, relative, span } from '../when.ts';
import type { TriggerFeed } from './feeds.ts';

const at = (date: Date | null | undefined): string | null => (date ? moment(date) : null);

export function feedDocument({ connection, kind, state, health }: TriggerFeed): object {
  return {
    connection,
    kind,
    state: health,
    everySeconds: state?.everySeconds ?? null,
    lastPoll: at(state?.lastPoll),
    lastSuccess: at(state?.lastSuccess),
    nextPoll: at(state?.nextPoll),
    cursor: state?.cursor ?? null,
    lagSeconds: state?.lagSeconds ?? null,
    errors: state?.errors ?? 0,
    error: state?.error ?? null,
  };
}

export function feedPage({ connection, kind, state, health }: TriggerFeed, now: Date): string {
  const when = (date: Date | null): string =>
    date === null ? '-' : `${moment(date)} (${relative(date, now)})`;
  const head = [`feed ${kind}`, `${health}, on ${connection ?? 'no connection'}`] as const;
  if (state === null) return facts([head]);
  return facts([
    head,
    ['interval', state.everySeconds === null ? '-' : `${state.everySeconds} s`],
    ['last poll', when(state.lastPoll)],
    ...(state.errors > 0 ? [['last good poll', when(state.lastSuccess)] as const] : []),
    ['next poll', when(state.nextPoll)],
    ['cursor', state.cursor ?? '-'],
    ['lag', state.lagSeconds === null ? '-' : span(state.lagSeconds * 1_000)],
    ['errors in a row', state.error === null ? state.errors : `${state.errors}: ${state.error}`],
  ]);
}
