import type { TestedTicket } from '../../triggers/show/tested.ts';
import type { Trigger } from '../../triggers/types.ts';
import { withApi } from '../api.ts';
import { unlessInterrupted } from '../interrupt.ts';
import type { Outcome } from '../outcome.ts';
import { tellIfSlow } from '../slow.ts';
import { testPage } from './testPage.ts';

const DEFAULT_TICKETS = 5;

interface Answer {
  readonly trigger: Pick<Trigger, 'id' | 'enabled' | 'workflow'>;
  readonly tickets: readonly TestedTicket[];
}

/** What `haloflow triggers test` does. */
export async function tested(id: string, { limit = DEFAULT_TICKETS }: { limit?: number }): Promise<Outcome> {
  const { trigger, tickets } = await withApi((api) => {
    const path = `/triggers/${encodeURIComponent(id)}/test`;
    const asking = api.call<Answer>({ method: 'POST', path, body: { limit } });
    return unlessInterrupted(tellIfSlow('waiting for Halo …', asking));
  });
  return { ok: true, json: { ok: true, trigger, tickets }, text: testPage(trigger, tickets) };
}
