/** What `haloflow keys rotate` does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../../access/audit.ts';
import { LOCAL } from '../../access/principal.ts';
import { ConfigurationError } from '../../errors.ts';
import { alone, changingAs } from '../../organizations/changing.ts';
import { nextVersion } from '../../organizations/configuration.ts';
import { keepKeys } from '../../store/admission.ts';
import { resealAll } from '../../store/reseal.ts';
import type { Resealed } from '../../store/reseal.ts';
import { addKeyToFile, dropOldKeyOfFile } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import { withStore } from '../openStore.ts';
import { say } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';

/** By then every process has seen the new version of the configuration, and whoever sealed with the old key is done. */
const GRACE_MS = 2_000;

/** Rotates the sealing key. `lost`: replaces a lost key with the one on this machine, without a new key. */
export async function rotated({ lost = false }: { readonly lost?: boolean } = {}): Promise<Outcome> {
  if (process.env['HALOFLOW_URL']) {
    throw new ConfigurationError(
      'keys are not rotated over the API: they never leave their machine. Run this there, without HALOFLOW_URL',
    );
  }
  const work = lost ? replaceLost : rotate;
  return await withStore((store) => changingAs('keys.rotate by local', () => work(store)), {
    keyReplaces: lost,
  });
}

async function replaceLost(store: Store): Promise<Outcome> {
  const [key] = idsOf(store);
  const { count, unreadable } = await resealAll(store.db, store.key);
  await note(store, { before: [key!, null], count, unreadable });
  return {
    ok: true,
    json: { ok: true, key, sealedAnew: count, unreadable, next: null },
    text: [
      `The key of this installation is now ${key}.`,
      ...(unreadable.length > 0
        ? [`Set these again, because their key is lost: ${unreadable.join(', ')}.`]
        : []),
    ].join('\n'),
  };
}

async function rotate(store: Store): Promise<Outcome> {
  const isGiven = Boolean(process.env['HALOFLOW_KEY']);
  if (isGiven) checkGiven(store);
  else await addKeyToFile();
  const before = idsOf(store);
  // Until all is sealed with the first one, nobody can do without the other.
  await keepKeys(store.pool, before);
  const { count, unreadable } = await resealEverything(store);
  await note(store, { before, count, unreadable });
  await keepKeys(store.pool, before.slice(0, 1));
  if (!isGiven) await dropOld(store);
  return outcomeOf({ keys: before, count, unreadable, isGiven });
}

const idsOf = ({ key }: Store): readonly string[] => key.keys.map(({ id }) => id);

function checkGiven(store: Store): void {
  if (store.key.keys.length === 2) return;
  throw new ConfigurationError(
    'HALOFLOW_KEY holds one key, and rotating takes two. Make a new one (openssl rand -base64 32). Set HALOFLOW_KEY to ' +
      '"old,new" for every process of this installation, and restart them, so that all can read what it seals; then to ' +
      '"new,old", and restart them again. Then run this once more, with HALOFLOW_KEY set the same way.',
  );
}

/** Until nothing is left that the first key has not sealed, also by those who were at it with the old one. */
async function resealEverything(store: Store): Promise<Resealed> {
  const first = await resealAll(store.db, store.key);
  if (first.count > 0) await store.db.transaction((tx) => nextVersion(tx));
  let { count } = first;
  for (;;) {
    await sleep(GRACE_MS);
    const late = await resealAlone(store);
    count += late.count;
    if (late.count === 0) return { count, unreadable: late.unreadable };
  }
}

/** The same while nobody changes the configuration. */
function resealAlone(store: Store, whenClean: () => Promise<void> = async () => {}): Promise<Resealed> {
  return alone(store, async (tx) => {
    const late = await resealAll(tx, store.key);
    if (late.count > 0) await nextVersion(tx);
    else await whenClean();
    return late;
  });
}

/** Before the old key goes: nothing is done that is not noted, whatever dies in between. */
async function note(
  store: Store,
  { before, count, unreadable }: Resealed & { before: readonly (string | null)[] },
) {
  const [key, old = null] = before;
  await audit(store.db, LOCAL, {
    action: 'keys.rotate',
    object: `key ${key}`,
    organization: null,
    before: { key: old },
    after: { key, sealedAnew: count, unreadable },
  });
}

async function dropOld(store: Store): Promise<void> {
  while ((await resealAlone(store, dropOldKeyOfFile)).count > 0) {
    say('something was sealed with the old key meanwhile: once more');
    await sleep(GRACE_MS);
  }
}

function outcomeOf({
  keys: [key, old],
  count,
  unreadable,
  isGiven,
}: Resealed & { readonly keys: readonly string[]; readonly isGiven: boolean }): Outcome {
  const next = isGiven
    ? `Set HALOFLOW_KEY to its first key alone (${key}) for every process, and restart them. Should the second one ` +
      `(${old}) be the new one, put it first and run this again instead.`
    : null;
  const text = [
    `${count} ${count === 1 ? 'secret was' : 'secrets were'} sealed anew with key ${key}.`,
    next ?? `The old key ${old} is gone. Back up the new one: it is the file \`key\` in the home.`,
  ].join('\n');
  const complaint =
    unreadable.length === 0
      ? {}
      : {
          complaint:
            `neither key opens what is stored for: ${unreadable.join(', ')}. It stays as it is; apply the ` +
            'configuration again, with these secrets in it.',
        };
  return { ok: true, json: { ok: true, key, sealedAnew: count, unreadable, next }, text, ...complaint };
}
