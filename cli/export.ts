/** What `haloflow export` does. */
import { writeFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { withApi } from './api.ts';
import { codeOf } from '../home/reason.ts';
import type { Outcome } from './outcome.ts';

interface Exported {
  readonly text: string;
  readonly environment: readonly { readonly name: string; readonly secret: string }[];
}

/** Without a file the configuration itself is what is printed. */
export async function exported(
  file: string | undefined,
  { force = false }: { readonly force?: boolean },
): Promise<Outcome> {
  return await withApi(async (api) => {
    const { text, environment } = await api.call<Exported>({ path: '/configuration/export' });
    if (file === undefined) {
      return { ok: true, json: { ok: true, file: null, text, environment }, text: text.trimEnd() };
    }
    await save(file, text, force);
    const lines = environment.map(({ name, secret }) => `  ${name}: ${secret}`);
    return {
      ok: true,
      json: { ok: true, file, text, environment },
      text: [
        `Wrote ${file}.`,
        ...(lines.length > 0 ? ['Set these where it is applied:', ...lines] : []),
      ].join('\n'),
    };
  });
}

async function save(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const remedy =
      codeOf(cause) === 'EEXIST' ? 'name another file, or say --force' : (cause as Error).message;
    throw new ConfigurationError(`${file} was not written: ${remedy}`, { cause });
  }
}
