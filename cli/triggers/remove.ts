import { withApi } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { agreed } from '../prompt.ts';

export interface RemoveOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Shown {
  readonly trigger: {
    readonly id: string;
    readonly type: string;
    readonly organization: string;
    readonly workflow: string;
  };
}

/** What `haloflow triggers remove` does. */
export async function removed(
  id: string,
  { yes = false, json = false }: RemoveOptions = {},
): Promise<Outcome> {
  const path = `/triggers/${encodeURIComponent(id)}`;
  return await withApi(async (api) => {
    const { trigger: before } = await api.call<Shown>({ path });
    const { type, organization, workflow } = before;
    const question = `Delete trigger ${id} (${type} of ${organization}, runs ${workflow})?`;
    if (!(await agreed(question, { yes, json }))) {
      return { ok: true, json: { ok: true, trigger: before, removed: false }, text: 'Nothing was deleted.' };
    }
    const { trigger } = await api.call<Shown>({ method: 'DELETE', path });
    return {
      ok: true,
      json: { ok: true, trigger, removed: true },
      text: `Trigger ${trigger.id} is deleted. Its events and runs stay.`,
    };
  });
}
