/** What `haloflow variables` does. */
import { InvalidArgumentError } from 'commander';
import { withApi } from './api.ts';
import { parseJson } from './json.ts';
import type { Outcome } from './outcome.ts';
import { canAsk } from './prompt.ts';
import { readSecret } from './secretInput.ts';
import { table } from './table.ts';

/** As the API shows it. */
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly description: string | null;
  readonly origin: string;
  readonly from: string | null;
}

export interface SetOptions {
  readonly org: string;
  readonly type?: string;
  readonly value?: string;
  readonly jsonValue?: unknown;
  /** True: from standard input or a prompt; a text: the environment variable of that name. */
  readonly secret?: boolean | string;
  readonly description?: string;
}

const pathOf = (organization: string, name?: string): string =>
  `/organizations/${encodeURIComponent(organization)}/variables${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;

const told = ({ type, value }: Pick<Variable, 'type' | 'value'>): string => {
  if (type === 'secret') return '(secret)';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export async function shown({
  org,
  effective = false,
}: {
  readonly org: string;
  readonly effective?: boolean;
}): Promise<Outcome> {
  return await withApi(async (api) => {
    const { variables } = await api.call<{ variables: readonly Variable[] }>({
      path: pathOf(org),
      query: { effective },
    });
    const rows = variables.map((row) => [
      row.name,
      row.type,
      told(row),
      row.from ?? '(above)',
      row.origin,
      row.description ?? '',
    ]);
    const none = effective ? 'No variables.' : 'No variables of its own; --effective shows those from above.';
    return {
      ok: true,
      json: { ok: true, organization: org, variables },
      text:
        rows.length === 0 ? none : table(['name', 'type', 'value', 'from', 'origin', 'description'], rows),
    };
  });
}

/** @throws InvalidArgumentError for a value that is given never, or in two ways. */
export async function set(name: string, options: SetOptions): Promise<Outcome> {
  const { org, type, description } = options;
  const given = [options.value, options.jsonValue, options.secret].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new InvalidArgumentError('give the value once: with --value, --json-value or --secret');
  }
  if ((type === 'secret') !== (options.secret !== undefined) && type !== undefined) {
    throw new InvalidArgumentError(
      type === 'secret'
        ? 'a secret is not written on the command line: give --secret, which reads it from standard input or asks for it'
        : `--secret is of type secret, not ${type}`,
    );
  }
  const value = await valueOf(name, options);
  return await withApi(async (api) => {
    const { variable } = await api.call<{ variable: Variable }>({
      method: 'PUT',
      path: pathOf(org, name),
      body: {
        value,
        ...(options.secret === undefined ? {} : { type: 'secret' }),
        ...(type === undefined ? {} : { type }),
        ...(description === undefined ? {} : { description }),
      },
    });
    return {
      ok: true,
      json: { ok: true, variable },
      text: `${variable.name} of ${org} is ${variable.type === 'secret' ? 'set' : told(variable)} (${variable.type}).`,
    };
  });
}

async function valueOf(name: string, { value, jsonValue, secret, type }: SetOptions): Promise<unknown> {
  if (secret !== undefined) {
    const from = typeof secret === 'string' ? { secretEnv: secret } : canAsk() ? {} : { secretFile: '-' };
    return await readSecret(`the secret ${name}`, from);
  }
  if (value === undefined) return jsonValue;
  if (type === undefined || type === 'text') return value;
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  if (type === 'json') return parseJson(value);
  throw new InvalidArgumentError(
    `--value ${value} is no ${type}: write ${type === 'number' ? 'it as 12 or -0.5' : 'true or false'}`,
  );
}

export async function unset(name: string, { org }: { readonly org: string }): Promise<Outcome> {
  return await withApi(async (api) => {
    const { variable } = await api.call<{ variable: Variable }>({
      method: 'DELETE',
      path: pathOf(org, name),
    });
    return {
      ok: true,
      json: { ok: true, variable },
      text: `${org} no longer sets ${name}; what is set above it is in force.`,
    };
  });
}
