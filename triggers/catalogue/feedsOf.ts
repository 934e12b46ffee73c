import type { FeedKind, NewTicketRecordParameters, Trigger } from '../types.ts';

/** The feeds that a trigger takes its records from; none unless it polls. */
export function feedsOf({ type, parameters }: Pick<Trigger, 'type' | 'parameters'>): readonly FeedKind[] {
  if (type !== 'new-ticket-record') return [];
  // Checked and completed by configuration/ when the row was written.
  const { projects, opportunities } = parameters as unknown as NewTicketRecordParameters;
  return [
    'tickets',
    ...(projects ? ['projects' as const] : []),
    ...(opportunities ? ['opportunities' as const] : []),
  ];
}
