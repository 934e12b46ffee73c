/** The section `variables` of an exported file. */
import { typeOf } from '../../organizations/variableValues.ts';
import { variableId } from '../apply/rows.ts';
import type { Rows } from '../apply/rows.ts';
import { given, isPlain, keyed, literal } from './values.ts';
import type { Values } from './values.ts';

/** By `organization/name`: the variable of the environment that holds a secret; no two share one. */
export function secretVariables(rows: Rows['variables']): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const row of rows.filter(({ type }) => type === 'secret')) {
    const plain = `SECRET_${row.organization.toUpperCase()}_${row.name}`.replaceAll('-', '_');
    const free = [plain, ...rows.map((_, index) => `${plain}_${index + 2}`)].find((name) => !taken.has(name));
    taken.add(free ?? plain);
    names.set(variableId(row), free ?? plain);
  }
  return names;
}

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
