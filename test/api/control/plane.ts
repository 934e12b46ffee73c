/** The control plane on a database of its own: two MSPs, one of them with clients, and tokens for each role. */
import { request } from 'undici';
import { LOCAL } from '../../../access/principal.ts';
import type { Role } from '../../../access/principal.ts';
import { createToken } from '../../../access/tokens.ts';
import { createControlPlane } from '../../../api/server.ts';
import type { Control, Fields } from '../../../api/control/types.ts';
import { configurationReader } from '../../../organizations/configuration.ts';
import { organizations } from '../../../store/schema/configuration.ts';
import type { Store } from '../../../store/store.ts';
import { triggerReader } from '../../../triggers/registry.ts';
import { createTestDatabase } from '../../support/database.ts';
import { noHalo, unasked } from '../parts.ts';

export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  // Tests look into it by name.
  readonly body: Readonly<Record<string, unknown>>;
}

/** The query without which a route is not answered, but for one of it; everything in it is this. */
export function needed(query: Fields | undefined, value: string, except?: string): string {
  const { properties = {}, optional = [] } = query ?? {};
  const names = Object.keys(properties).filter((name) => optional !== 'all' && !optional.includes(name));
  const rest = names.filter((name) => name !== except).map((name) => `${name}=${value}`);
  return rest.length === 0 ? '' : `?${rest.join('&')}`;
}

export interface TestPlane {
  readonly store: Store;
  /** `http://127.0.0.1:40001/api/v1` */
  readonly url: string;
  /** `msp`, `acme` below it, `other` beside it: a token's text for a role there; `null` for the whole installation. */
  token(organization: string | null, role: Role): Promise<string>;
  /** Below `/api/v1`; a body that is text is sent as it is. */
  ask(token: string, method: string, path: string, body?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export async function startPlane(
  changes: Partial<Omit<Control, 'halo'>> & { readonly halo?: Partial<Control['halo']> } = {},
): Promise<TestPlane> {
  const { halo, ...rest } = changes;
  const { store, drop } = await createTestDatabase();
  await store.db.insert(organizations).values([
    { slug: 'msp', name: 'MSP', origin: 'manual' },
    { slug: 'other', name: 'Other', origin: 'manual' },
    { slug: 'acme', name: 'Acme', parent: 'msp', origin: 'manual' },
  ]);
  const control: Control = {
    store,
    configuration: configurationReader(store),
    triggers: triggerReader(store),
    halo: { ...noHalo, ...halo },
    ...unasked,
    starter: () => Promise.reject(new Error('no Temporal is asked here')),
    taskQueue: 'none',
    ...rest,
  };
  const server = await createControlPlane(control, { version: '1.2.3' });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const made = new Map<string, Promise<string>>();
  return {
    store,
    url: `${url}/api/v1`,
    token(organization, role) {
      const name = `${organization ?? 'all'} ${role}`;
      const text =
        made.get(name) ??
        createToken(store, LOCAL, { name, organization, role }).then((created) => created.text);
      made.set(name, text);
      return text;
    },
    async ask(token, method, path, body) {
      const reply = await request(`${url}/api/v1${path}`, {
        method: method as 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const type = reply.headers['content-type'];
      // It would not end.
      if (type === 'text/event-stream') {
        reply.body.destroy();
        return { status: reply.statusCode, type, body: {} };
      }
      return {
        status: reply.statusCode,
        type: typeof type === 'string' ? type : undefined,
        body: (await reply.body.json()) as Answer['body'],
      };
    },
    async close() {
      await server.close();
      await drop();
    },
  };
}
