/** What `haloflow connections rotate-secret` does. */
import { withApi } from '../api.ts';
import type { Outcome } from '../outcome.ts';
import { readSecret } from '../secretInput.ts';
import type { SecretOptions } from '../secretInput.ts';

interface Rotated {
  readonly id: string;
  readonly organization: string;
  readonly origin: string;
}

export async function rotated(id: string, options: SecretOptions): Promise<Outcome> {
  const clientSecret = (await readSecret('the new secret', options)).trim();
  return await withApi(async (api) => {
    const { connection } = await api.call<{ connection: Rotated }>({
      method: 'POST',
      path: `/connections/${encodeURIComponent(id)}/secret`,
      body: { clientSecret },
    });
    const hint =
      connection.origin === 'file'
        ? '\nIt is of a configuration file: give its variable the new secret before the next apply, which would bring the old one back.'
        : '';
    return {
      ok: true,
      json: { ok: true, connection },
      text: `Halo took the new secret of ${id}; it is in use. Delete the old one in Halo.${hint}`,
    };
  });
}
