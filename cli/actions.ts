import { catalogue, findAction } from '../actions/index.ts';
import type { Action } from '../actions/types.ts';
import { ConfigurationError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { actionPage } from './actionPage.ts';
import type { Outcome } from './outcome.ts';
import { table } from './table.ts';

const document = ({ id, title, method, path, effect, input, output }: Action): object => ({
  id,
  title,
  method,
  path,
  effect,
  input,
  output,
});

/** An action by its id; throws ConfigurationError that says which one was probably meant. */
export function named(id: string): Action {
  const action = findAction(id);
  if (action) return action;
  const near = nearest(id, [...catalogue.keys()]);
  throw new ConfigurationError(
    `unknown action ${id}.${near ? ` Did you mean ${near}?` : ''} \`haloflow actions\` lists all of them`,
  );
}

/** What `haloflow actions` does. */
export function list(): Outcome {
  const all = [...catalogue.values()];
  return {
    ok: true,
    json: all.map(document),
    text: table(
      ['id', 'title', 'method', 'path'],
      all.map(({ id, title, method, path }) => [id, title, method, path]),
    ),
  };
}

/** What `haloflow actions show` does. */
export function show(id: string, { all = false }: { readonly all?: boolean }): Outcome {
  const action = named(id);
  return { ok: true, json: document(action), text: actionPage(action, all) };
}
