import { join } from 'node:path';
import { LOCAL } from '../access/principal.ts';
import { createToken, hasTokens } from '../access/tokens.ts';
import { writePrivateFile } from '../home/files.ts';
import { homeDirectory } from '../home/home.ts';
import type { Store } from '../store/store.ts';
import { interruption } from './interrupt.ts';
import { say, write } from './outcome.ts';
import { withServing } from './serving.ts';
import type { Serving } from './serving.ts';

export interface StartOptions {
  readonly json?: boolean;
}

/**
 * The URL to print. Passwords, which may also be among its parameters, stay out of terminals and logs; the parameters of
 * our own server only override the shell's settings.
 */
function shownUrl({ url, embedded }: Serving['postgres']): string {
  const parsed = new URL(url);
  parsed.password = '';
  if (embedded) parsed.search = '';
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
    postgres: shownUrl(postgres),
    api: apiUrl,
  };
  const password = postgres.embedded ? ` (password in ${join(homeDirectory(), 'postgres.password')})` : '';
  const token = await firstToken(store, json ? 'file' : 'terminal');
  const lines = [
    `temporal     ${addresses.temporal}`,
    `temporal ui  ${addresses.temporalUi ?? '(none)'}`,
    `postgres     ${addresses.postgres}${password}`,
    `api          ${addresses.api}`,
    ...(token === null ? [] : [`api token    ${wordsFor(token)}`]),
    'ready',
  ];
  const document = {
    ready: true,
    ...addresses,
    ...(token && 'file' in token ? { tokenFile: token.file } : {}),
  };
  await write(process.stdout, json ? JSON.stringify(document) : lines.join('\n'));
}

/** Standard output may end up in a journal and stay there, so the token itself is printed only on a terminal. */
type FirstToken = { readonly text: string } | { readonly file: string };

const wordsFor = (token: FirstToken): string =>
  'file' in token
    ? `in ${token.file} (for an admin; store it elsewhere and delete the file)`
    : `${token.text} (for an admin; shown only once, store it)`;

/** An installation without tokens gets its first one; null: it has some. */
async function firstToken(store: Store, where: 'terminal' | 'file'): Promise<FirstToken | null> {
  if (await hasTokens(store)) return null;
  const { text } = await createToken(store, LOCAL, {
    name: 'first start',
    organization: null,
    role: 'admin',
  });
  if (where === 'terminal' && process.stdout.isTTY) return { text };
  const file = join(homeDirectory(), 'first-token');
  writePrivateFile(file, `${text}\n`);
  return { file };
}

/** What `haloflow start` does. */
export async function serveStack(options: StartOptions): Promise<void> {
  await withServing(async (serving) => {
    await announce(serving, options);
    const { signal } = await Promise.race([interruption(), serving.broken]);
    say(`stopping (${signal})`);
  });
}
