/** The section `variables` of an exported file. */
import { createHash } from 'node:crypto';
import { typeOf } from '../../organizations/variableValues.ts';
import { variableId } from '../apply/rows.ts';
import type { Rows } from '../apply/rows.ts';
import { given, isPlain, keyed, literal } from './values.ts';
import type { Values } from './values.ts';

/**
 * By `organization/name`: the variable of the environment that holds a secret. No two share one, and which one it is
 * never depends on the order: those that would share one are told apart by a digest of what they are.
 */
export function secretVariables(rows: Rows['variables']): ReadonlyMap<string, string> {
  const secrets = rows.filter(({ type }) => type === 'secret');
  const names = secrets.map(plainName).toSorted();
  const shared = new Set(names.filter((name, index) => name === names[index + 1]));
  return new Map(
    secrets.map((row) => {
      const name = plainName(row);
      // What ends like a digest gets one, too: so no plain name is the digested one of another secret.
      const isAlone = !shared.has(name) && !/_[0-9A-F]{12}$/.test(name);
      return [variableId(row), isAlone ? name : `${name}_${digest(variableId(row))}`];
    }),
  );
}

/** `SECRET_ACME_PORTAL_KEY` of `acme` and `portalKey`. */
function plainName({ organization, name }: Rows['variables'][number]): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2');
  return `SECRET_${organization}_${words}`.toUpperCase().replaceAll('-', '_');
}

const digest = (id: string): string =>
  createHash('sha256').update(id).digest('hex').slice(0, 12).toUpperCase();

export function variables(
  rows: Rows['variables'],
  secrets: ReadonlyMap<string, string>,
): Readonly<Record<string, Values>> {
  const owners = [...new Set(rows.map(({ organization }) => organization))];
  return keyed(
    owners,
    (slug) => slug,
    (slug) =>
      Object.fromEntries(
        rows
          .filter(({ organization }) => organization === slug)
          .map((row) => [row.name, variable(row, secrets.get(variableId(row)))]),
      ),
  );
}

/** A value alone where that says everything. */
function variable({ type, value, description }: Rows['variables'][number], secret?: string): unknown {
  const about = literal(description);
  if (secret !== undefined) return given({ secret: `\${${secret}}`, description: about }, {});
  const isAlone = description === null && value !== null && !isPlain(value) && typeOf(value) === type;
  return isAlone ? literal(value) : { value: literal(value), type, ...given({ description: about }, {}) };
}
