import { join } from 'node:path';
import { homeDirectory } from '../home/home.ts';
import { interruption } from './interrupt.ts';
import { say, write } from './outcome.ts';
import { takeResidence } from './resident.ts';
import { serveApi } from './serveApi.ts';
import { withStack } from './stack.ts';
import type { Stack } from './stack.ts';

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

async function announce({ temporal, postgres }: Stack, api: string, { json }: StartOptions): Promise<void> {
  const addresses = {
    temporal: temporal.address,
    temporalUi: temporal.uiUrl,
    postgres: withoutPassword(postgres.url),
    api,
  };
  const password = postgres.embedded ? ` (password in ${join(homeDirectory(), 'postgres.password')})` : '';
  const lines = [
    `temporal     ${addresses.temporal}`,
    `temporal ui  ${addresses.temporalUi ?? '(none)'}`,
    `postgres     ${addresses.postgres}${password}`,
    `api          ${addresses.api}`,
    'ready',
  ];
  await write(process.stdout, json ? JSON.stringify({ ready: true, ...addresses }) : lines.join('\n'));
}

/** What `haloflow start` does. */
export async function serveStack(options: StartOptions): Promise<void> {
  const residence = await takeResidence();
  try {
    await withStack({ ui: true, worker: 'own' }, async (stack) => {
      for (const server of [stack.postgres, stack.temporal]) server.watch(({ message }) => say(message));
      const api = await serveApi(stack);
      try {
        residence.serve(stack.work);
        await announce(stack, api.url, options);
        const { signal } = await Promise.race([interruption(), stack.broken]);
        say(`stopping (${signal})`);
        // Before the worker stops, so that no command counts on it any more.
        residence.leave();
      } finally {
        await api.close();
      }
    });
  } finally {
    residence.leave();
  }
}
