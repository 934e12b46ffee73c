/** Another tenant of the installation who names our Halo as its own and lets it have next to no requests. */
import { atLeast } from '../count.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';

const SLUG = 'neighbour';

/** Its deeds count as done when they were answered; that they have no effect shows in the counts of everything else. */
export function neighbour(field: Field, wanted: number): Disturbance {
  const { stack, tenant } = field;
  let token: string | null = null;
  let made = 0;

  /** Moves in: an organization with nothing above it, and an admin's token. */
  async function moveIn(): Promise<string | null> {
    await stack.ask({ path: '/organizations', body: { slug: SLUG, name: 'The neighbour' } });
    const { status, body } = await stack.ask({
      path: '/tokens',
      body: { name: SLUG, organization: SLUG, role: 'admin' },
    });
    return status === 201 ? (body as { text: string }).text : null;
  }

  return {
    at: moments(wanted, field),
    async act() {
      if (!(await stack.isReady())) return false;
      token ??= await moveIn();
      if (token === null) return false;
      const { status, body } = await stack.ask({
        path: '/connections',
        token,
        body: {
          id: `${SLUG}-${made}`,
          organization: SLUG,
          resourceServer: tenant.baseUrl,
          authServer: tenant.authUrl,
          tenant: tenant.tenant,
          clientId: 'somebody',
          clientSecret: 'guessed',
          rateLimit: { requests: 360, perSeconds: 3_600 },
        },
      });
      // Killed in the middle: it may be there.
      if (status === 0 || status >= 500) return false;
      if (status !== 201 && status !== 409)
        throw new Error(`the neighbour was told: ${JSON.stringify(body)}`);
      made += 1;
      return true;
    },
    count: () =>
      Promise.resolve([
        atLeast('connections of a neighbour to our Halo, with a limit of 6 a minute', wanted, made),
      ]),
  };
}
