import { idPrefix } from '../../triggers/start.ts';
import { testedDocument, testTrigger } from '../../triggers/show/tested.ts';
import type { TestedTicket } from '../../triggers/show/tested.ts';
import type { Trigger } from '../../triggers/types.ts';
import { taskQueues } from '../../worker/queues.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { withHalo } from '../dispatching.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { tellIfSlow } from '../slow.ts';
import { findTrigger } from './find.ts';
import { testPage } from './testPage.ts';

const DEFAULT_TICKETS = 5;

interface Answer {
  readonly trigger: Pick<Trigger, 'id' | 'enabled' | 'workflow'>;
  readonly tickets: readonly TestedTicket[];
}

/** What `haloflow triggers test` does. */
export async function tested(id: string, { limit = DEFAULT_TICKETS }: { limit?: number }): Promise<Outcome> {
  const remote = remoteOrNull();
  const { trigger, tickets } = await (remote ? testThere(remote, id, limit) : testHere(id, limit));
  return { ok: true, json: { ok: true, trigger, tickets }, text: testPage(trigger, tickets) };
}

async function testThere(api: Api, id: string, limit: number): Promise<Answer> {
  const path = `/triggers/${encodeURIComponent(id)}/test`;
  const asking = api.call<Answer>({ method: 'POST', path, body: { limit } });
  return await unlessInterrupted(tellIfSlow('waiting for haloflow …', asking));
}

async function testHere(id: string, limit: number): Promise<Answer> {
  return await withStore(async (store) => {
    const trigger = await findTrigger(store, id);
    const records = await withHalo(store, (parts) => {
      const testing = { ...parts, idPrefix: idPrefix({ taskQueue: taskQueues().runs }) };
      return unlessInterrupted(tellIfSlow('waiting for Halo …', testTrigger(testing, trigger, limit)));
    });
    const { enabled, workflow } = trigger;
    return { trigger: { id, enabled, workflow }, tickets: records.map(testedDocument) };
  });
}
