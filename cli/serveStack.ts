import { join } from 'node:path';
import { LOCAL } from '../access/principal.ts';
import { createToken, hasTokens } from '../access/tokens.ts';
import { homeDirectory } from '../home/home.ts';
import type { Store } from '../store/store.ts';
import { interruption } from './interrupt.ts';
import { say, write } from './outcome.ts';
import { withServing } from './serving.ts';
import type { Serving } from './serving.ts';

export interface StartOptions {
  readonly json?: boolean;
}

/** Passwords, which a URL may also have among its parameters, stay out of terminals and logs. */
function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = '';
  for (const name of ['password', 'sslpassword']) parsed.searchParams.delete(name);
  return parsed.href;
}

async function announce(
  { temporal, postgres, apiUrl, store }: Serving,
  { json }: StartOptions,
): Promise<void> {
  const addresses = {
    temporal: temporal.address,
    temporalUi: temporal.uiUrl,
    postgres: withoutPassword(postgres.url),
    api: apiUrl,
  };
  const password = postgres.embedded ? ` (password in ${join(homeDirectory(), 'postgres.password')})` : '';
  const token = await firstToken(store);
  const lines = [
    `temporal     ${addresses.temporal}`,
    `temporal ui  ${addresses.temporalUi ?? '(none)'}`,
    `postgres     ${addresses.postgres}${password}`,
    `api          ${addresses.api}`,
    ...(token === null ? [] : [`api token    ${token} (an admin's; shown this once, keep it)`]),
    'ready',
  ];
  await write(
    process.stdout,
    json
      ? JSON.stringify({ ready: true, ...addresses, ...(token === null ? {} : { token }) })
      : lines.join('\n'),
  );
}

/** An installation without tokens gets its first one; null: it has some. */
async function firstToken(store: Store): Promise<string | null> {
  if (await hasTokens(store)) return null;
  const { text } = await createToken(store, LOCAL, {
    name: 'first start',
    organization: null,
    role: 'admin',
  });
  return text;
}

/** What `haloflow start` does. */
export async function serveStack(options: StartOptions): Promise<void> {
  await withServing(async (serving) => {
    await announce(serving, options);
    const { signal } = await Promise.race([interruption(), serving.broken]);
    say(`stopping (${signal})`);
  });
}
