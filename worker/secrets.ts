/** Secrets in the input of a call: markers until right before the request, blanked out in what comes back. */
import { ConfigurationError, HaloflowError, SchemaError } from '../errors.ts';
import type { HaloflowErrorOptions } from '../errors.ts';
import { isObject } from '../halo/json.ts';
import { withoutSecrets } from '../halo/subject.ts';
import { effectiveVariables, unknownVariable } from '../organizations/effectiveVariables.ts';
import { unseal } from '../store/seal.ts';
import { retrying } from '../store/store.ts';
import type { Store } from '../store/store.ts';

const MARK = '$secret';

/** A shorter line of a secret tells little, and may stand anywhere. */
const TELLING_LINE = 16;

/** The secrets of one call, opened. */
export interface Secrets {
  readonly values: readonly string[];
  /** With each marker's value in its place. */
  readonly reveal: <T>(value: T) => T;
  /** With each value blanked out, in texts and names of properties. */
  readonly blank: <T>(value: T) => T;
  /** The same error without them. */
  readonly blankError: (error: unknown) => unknown;
}

const same = <T>(value: T): T => value;
const NONE: Secrets = { values: [], reveal: same, blank: same, blankError: same };

/**
 * The input as it is checked: a text in the place of each marker.
 *
 * @throws SchemaError for a marker that the workflow has not asked for (sdk/secrets.ts), or that is none.
 */
export function withStandIns(value: unknown, names: readonly string[]): unknown {
  return replaced(value, (marker) => {
    const name = marker[MARK];
    if (Object.keys(marker).length === 1 && typeof name === 'string' && names.includes(name)) {
      return `(secret ${name})`;
    }
    throw new SchemaError(
      'the input holds "$secret": a secret is put in with variables.secret() in the workflow that makes the call',
    );
  });
}

/** Whether a marker stands in it. */
export function holdsMarker(value: unknown): boolean {
  let found = false;
  replaced(value, () => {
    found = true;
    return null;
  });
  return found;
}

/**
 * Opens the secrets that a call names, as they are in force for an organization.
 *
 * @throws ConfigurationError for one that there is not, or that is no secret.
 */
export async function openSecrets(
  store: Store,
  { organization, names }: { readonly organization: string; readonly names: readonly string[] },
): Promise<Secrets> {
  if (names.length === 0) return NONE;
  const known = await retrying(() => effectiveVariables(store, organization));
  const opened = new Map<string, string>();
  for (const name of names) {
    const found = known.find((variable) => variable.name === name);
    if (!found) {
      const secrets = known.filter(({ type }) => type === 'secret');
      throw unknownVariable(
        name,
        organization,
        secrets.map((secret) => secret.name),
      );
    }
    if (found.sealedValue === null) {
      throw new ConfigurationError(
        `the variable ${name} of ${found.from} is no secret: read it with \`await variables.get('${name}')\``,
      );
    }
    opened.set(name, await unseal(store.key, found.sealedValue));
  }
  return secretsOf(opened);
}

function secretsOf(opened: ReadonlyMap<string, string>): Secrets {
  const values = [...opened.values()].flatMap((value) => [value, ...linesOf(value)]);
  const hidden = new Set(values);
  const blank = <T>(value: T): T => blanked(value, hidden) as T;
  return {
    values,
    reveal: <T>(value: T): T => replaced(value, (marker) => opened.get(marker[MARK] as string)) as T,
    blank,
    blankError(error) {
      if (!(error instanceof Error)) return error;
      const message = withoutSecrets(error.message, hidden);
      if (!(error instanceof HaloflowError)) {
        if (message !== error.message) error.message = message;
        return error;
      }
      const details = error.details && blank(error.details);
      const isClean = message === error.message && JSON.stringify(details) === JSON.stringify(error.details);
      return isClean ? error : remade(error, message, details);
    },
  };
}

/** Of a secret of several lines, as a key in PEM: Halo may answer with other line breaks. */
function linesOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/);
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= TELLING_LINE);
}

type ErrorClass = new (message: string, options: HaloflowErrorOptions) => HaloflowError;

/** Without its cause, which may hold what its message held. */
function remade(error: HaloflowError, message: string, details: HaloflowError['details']): HaloflowError {
  // Every class of errors.ts is made from a message and options.
  const Same = error.constructor as ErrorClass;
  const { retryable, retryAfterMs, status } = error;
  return new Same(message, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    ...(details === undefined ? {} : { details }),
  });
}

function replaced(value: unknown, put: (marker: Readonly<Record<string, unknown>>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, put));
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, MARK)) return put(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, put)]));
}

function blanked(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return withoutSecrets(value, hidden);
  if (Array.isArray(value)) return value.map((inner) => blanked(inner, hidden));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [withoutSecrets(name, hidden), blanked(inner, hidden)]),
  );
}
