import { LOCAL } from '../../access/principal.ts';
import { switchTrigger } from '../../api/control/operations.ts';
import { remoteOrNull } from '../api.ts';
import type { Api } from '../api.ts';
import { withStore } from '../openStore.ts';
import type { Outcome } from '../outcome.ts';
import { findTrigger } from './find.ts';

/** What `haloflow triggers enable` and `haloflow triggers disable` do. */
export async function switched(id: string, enabled: boolean): Promise<Outcome> {
  const remote = remoteOrNull();
  const changed = await (remote ? switchThere(remote, id, enabled) : switchHere(id, enabled));
  const state = enabled ? 'enabled' : 'disabled';
  return {
    ok: true,
    json: { ok: true, trigger: { id, enabled }, changed },
    text: changed ? `${id} is ${state}.` : `${id} was ${state} already.`,
  };
}

async function switchThere(api: Api, id: string, enabled: boolean): Promise<boolean> {
  const path = `/triggers/${encodeURIComponent(id)}/${enabled ? 'enable' : 'disable'}`;
  return (await api.call<{ changed: boolean }>({ method: 'POST', path })).changed;
}

async function switchHere(id: string, enabled: boolean): Promise<boolean> {
  return await withStore(async (store) => {
    const { organization } = await findTrigger(store, id);
    return await switchTrigger(store, LOCAL, { id, organization, enabled });
  });
}
