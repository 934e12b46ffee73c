/** Options of a connection: read from Halo, kept for a while, and told with their age where Halo does not answer. */
import { and, eq, sql } from 'drizzle-orm';
import type { Principal } from '../../access/principal.ts';
import { HaloConnectionError, HaloflowError, NotFoundError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { keeping } from '../../organizations/keptOptions.ts';
import { reach } from '../../organizations/mapping/reach.ts';
import { haloOptions } from '../../store/schema/control.ts';
import type { Store } from '../../store/store.ts';
import { anyOf, timeLimit } from '../../timeLimit.ts';
import type { HaloPort } from '../../triggers/haloPort.ts';
import { isOptionKind, optionKinds, optionsFrom } from './kinds.ts';
import type { HaloOption, OptionKind } from './kinds.ts';

/** Options that are older are read anew, seconds. */
const TIME_TO_LIVE = 15 * 60;
/** How long Halo may take, its rate budget included. */
const PATIENCE_MS = 30_000;

export interface OptionsParts {
  readonly store: Store;
  readonly halo: HaloPort;
}

export interface OptionsRequest {
  readonly connection: string;
  readonly kind: string;
  /** Ask Halo also where they are fresh. */
  readonly refresh?: boolean;
  readonly signal?: AbortSignal;
}

export interface Options {
  readonly options: readonly HaloOption[];
  /** When Halo listed them. */
  readonly fetchedAt: Date;
  readonly ageSeconds: number;
  /** Why they could not be read anew; null: they are as they were to be. */
  readonly problem: string | null;
}

/**
 * The options of one kind.
 *
 * @throws NotFoundError for a connection out of reach and for a kind that there is not; the errors of Halo where it does
 * not answer and has not before.
 */
export async function readOptions(
  parts: OptionsParts,
  principal: Principal,
  { connection, kind, refresh = false, signal }: OptionsRequest,
): Promise<Options> {
  await reach(parts.store.db, principal, connection);
  if (!isOptionKind(kind)) {
    const known = Object.keys(optionKinds);
    throw new NotFoundError(
      `there are no options "${kind}".${didYouMean(kind, known)} There are ${known.join(', ')}`,
    );
  }
  const kept = await readKept(parts.store, connection, kind);
  if (kept !== null && !refresh && kept.ageSeconds < TIME_TO_LIVE) return kept;
  try {
    return await fetchOptions(parts, { connection, kind, signal });
  } catch (error) {
    if (kept === null || !(error instanceof HaloflowError) || !error.name.startsWith('Halo')) throw error;
    return { ...kept, problem: `${error.name}: ${error.message}` };
  }
}

async function readKept({ db }: Store, connection: string, kind: OptionKind): Promise<Options | null> {
  const [row] = await db
    .select({
      rows: haloOptions.rows,
      fetchedAt: haloOptions.fetchedAt,
      ageSeconds: sql<number>`greatest(0, extract(epoch from now() - ${haloOptions.fetchedAt}))::int`,
    })
    .from(haloOptions)
    .where(and(eq(haloOptions.connection, connection), eq(haloOptions.kind, kind)));
  if (!row) return null;
  const { rows, fetchedAt, ageSeconds } = row;
  // Only this file writes rows of these kinds.
  return { options: rows as readonly HaloOption[], fetchedAt, ageSeconds, problem: null };
}

async function fetchOptions(
  { store, halo }: OptionsParts,
  {
    connection,
    kind,
    signal,
  }: { readonly connection: string; readonly kind: OptionKind; readonly signal: AbortSignal | undefined },
): Promise<Options> {
  const { action, input = {} } = optionKinds[kind];
  const { rows: options, fetchedAt } = await keeping(store, { connection, kind }, async () =>
    optionsFrom(
      kind,
      await withPatience(`the ${kind} of connection ${connection}`, (late) =>
        halo.call({
          connection,
          action,
          input,
          lane: 'interactive',
          signal: signal ? anyOf(signal, late) : late,
        }),
      ),
    ),
  );
  return { options, fetchedAt, ageSeconds: 0, problem: null };
}

/**
 * Gives up on a Halo that is slow.
 *
 * @throws HaloConnectionError when it is given up, or what `ask` throws.
 */
export async function withPatience<T>(what: string, ask: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = timeLimit(PATIENCE_MS);
  try {
    return await ask(late);
  } catch (error) {
    if (!late.aborted || error instanceof HaloflowError) throw error;
    throw new HaloConnectionError(
      `${what} were not there within ${PATIENCE_MS / 1000} s: Halo, or its rate limit, is slow; try again later`,
      { cause: error },
    );
  }
}
