/** Wraps all statements to PostgreSQL: makes parameters storable, and removes statements and parameters from errors. */
import { PgPreparedQuery } from 'drizzle-orm/pg-core';
import type { ClientBase } from 'pg';
import { withoutParameters } from './databaseError.ts';
import { storableParameter } from './text.ts';

type Query = (...args: readonly unknown[]) => unknown;
type Callback = (error: unknown, result: unknown) => void;

/** Wraps every statement of a connection: those of the pool, of Drizzle and of transactions. */
export function guard(client: ClientBase): void {
  const query = client.query.bind(client) as Query;
  const guarded: Query = (...args) => {
    const last = args.at(-1);
    if (typeof last !== 'function') return refusing(query(...args.map(cleaned)));
    const callback = last as Callback;
    return query(...args.slice(0, -1).map(cleaned), (error: unknown, result: unknown) =>
      callback(withoutParameters(error), result),
    );
  };
  client.query = guarded as typeof client.query;
}

/** The values of a statement, given beside its text or in one object with it. */
function cleaned(argument: unknown): unknown {
  if (Array.isArray(argument)) return argument.map(storableParameter);
  const { values } = (argument ?? {}) as { readonly values?: unknown };
  if (typeof argument !== 'object' || !Array.isArray(values)) return argument;
  return { ...argument, values: values.map(storableParameter) };
}

async function refusing(result: unknown): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    throw withoutParameters(error);
  }
}

/** Drizzle puts the statement and its parameters into the message of its own error. We do not use its cache. */
(PgPreparedQuery.prototype as unknown as { queryWithCache: Query }).queryWithCache = async (
  _statement,
  _parameters,
  query,
) => await (query as () => Promise<unknown>)();
