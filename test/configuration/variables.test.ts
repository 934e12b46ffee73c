/** The section `variables` of the configuration file: read, planned, applied, and never shown where it is secret. */
import { LOCAL } from '../../access/principal.ts';
import { applyFile, planFile } from '../../configuration/apply/apply.ts';
import { renderPlan } from '../../configuration/apply/render.ts';
import { setVariable } from '../../organizations/variables.ts';
import { variables } from '../../store/schema/control.ts';
import { unseal } from '../../store/seal.ts';
import { emptied } from './emptied.ts';
import { fileOf, problemsOf } from './files.ts';

const database = emptied();

const env = { API_KEY: 'secret-value-1', LIMIT: '20', REGION: 'hidden-region' };
const ORGANIZATIONS = 'organizations: { msp: { name: MSP }, acme: { name: Acme, parent: msp } }\n';
const example = `${ORGANIZATIONS}variables:
  msp:
    urgentPriority: 1
    greeting: 'Hello, \${REGION}'
    apiKey: { secret: \${API_KEY}, description: of the portal }
    limits: { value: { seats: [1, 2] }, type: json }
  acme:
    urgentPriority: { value: 2 }
    limit: { value: \${LIMIT}, type: number }
    on: true
`;
const lines = async (file: string, values: Record<string, string> = env): Promise<string[]> =>
  renderPlan(await planFile(database.store, fileOf(file, { env: values }))).split('\n');
const apply = async (file: string, values: Record<string, string> = env): Promise<string[]> =>
  renderPlan(await applyFile(database.store, fileOf(file, { env: values }))).split('\n');
const stored = () =>
  database.store.db.select().from(variables).orderBy(variables.organization, variables.name);

test('is planned and applied with its types, and then nothing is to be done', async () => {
  const planned = await lines(example);
  expect(planned).toEqual([
    '+ organization msp (MSP)',
    '+ organization acme (Acme, parent msp)',
    '+ variable msp/urgentPriority (number, 1)',
    '+ variable msp/greeting (text, (from the environment))',
    '+ variable msp/apiKey (secret)',
    '+ variable msp/limits (json, {"seats":[1,2]})',
    '+ variable acme/urgentPriority (number, 2)',
    '+ variable acme/limit (number, (from the environment))',
    '+ variable acme/on (boolean, true)',
    '9 to add, 0 to change, 0 to delete.',
  ]);
  expect(await apply(example)).toEqual(planned);
  expect(await apply(example)).toEqual(['No changes.']);
  const rows = await stored();
  expect(
    rows.map(({ organization, name, type, value, origin }) => [organization, name, type, value, origin]),
  ).toEqual([
    ['acme', 'limit', 'number', 20, 'file'],
    ['acme', 'on', 'boolean', true, 'file'],
    ['acme', 'urgentPriority', 'number', 2, 'file'],
    ['msp', 'apiKey', 'secret', null, 'file'],
    ['msp', 'greeting', 'text', 'Hello, hidden-region', 'file'],
    ['msp', 'limits', 'json', { seats: [1, 2] }, 'file'],
    ['msp', 'urgentPriority', 'number', 1, 'file'],
  ]);
  const sealed = rows.find(({ name }) => name === 'apiKey')?.sealedValue ?? '';
  expect(await unseal(database.store.key, sealed)).toBe('secret-value-1');
});

test('a changed secret is a change that is not shown, and other changes leave it sealed as it is', async () => {
  await apply(example);
  const sealed = async (): Promise<string | null | undefined> =>
    (await stored()).find(({ name }) => name === 'apiKey')?.sealedValue;
  const before = await sealed();
  expect(await apply(example.replace('of the portal', 'of the shop'))).toContain(
    '~ variable msp/apiKey: description of the portal -> of the shop',
  );
  expect(await sealed()).toBe(before);
  const changed = await apply(example, { ...env, API_KEY: 'secret-value-2' });
  expect(changed[0]).toMatch(/^~ variable msp\/apiKey: secret \(changed\)/);
  expect(changed.join()).not.toContain('secret-value');
  expect(await unseal(database.store.key, (await sealed()) ?? '')).toBe('secret-value-2');
  const open = await apply(
    example.replace('apiKey: { secret: ${API_KEY}, description: of the portal }', 'apiKey: x'),
  );
  expect(open[0]).toBe(
    '~ variable msp/apiKey: type secret -> text, value none -> x, description of the portal -> none',
  );
  expect(await sealed()).toBeNull();
});

test('what the file no longer names goes, what was made by hand stays or is adopted', async () => {
  await apply(example);
  await setVariable(database.store, LOCAL, { organization: 'acme', name: 'byHand', value: 'x' });
  await setVariable(database.store, LOCAL, { organization: 'msp', name: 'urgentPriority', value: 9 });
  const adopted = await apply(example.replace('    on: true\n', ''));
  expect(adopted).toEqual([
    '~ variable msp/urgentPriority adopted: value 9 -> 1',
    '- variable acme/on (boolean, true)',
    '0 to add, 1 to change, 1 to delete.',
  ]);
  expect((await stored()).map(({ name }) => name)).toContain('byHand');
  const refused = await problemsOf(
    applyFile(database.store, fileOf('organizations: { msp: { name: MSP } }', { env })),
  );
  expect(refused.join()).toContain('organization acme is not named here');
  expect(refused.join()).toContain('variable acme/byHand');
});

test.each([
  ['nobody: { x: 1 }', 'variables.nobody: organization "nobody" does not exist.'],
  [
    'acmee: { apiKey: { secret: "${API_KEY}" } }',
    'organization "acmee" does not exist. Did you mean "acme"?',
  ],
  ['acme: { "a b": 1 }', '"a b" cannot be the name of a variable'],
  ['acme: { x: { secret: written-in-clear } }', 'a secret is not written in this file'],
  ['acme: { x: { value: 1, type: secret } }', 'a secret is written { secret: ${NAME} }'],
  ['acme: { x: { secret: "${API_KEY}", value: 1 } }', 'one of them'],
  ['acme: { x: { value: one, type: number } }', 'a variable of type number holds a number'],
  ['acme: { x: { value: "${REGION}", type: number } }', 'a variable of type number holds a number'],
  ['acme: { x: { vlue: 1 } }', 'unknown key "vlue". Did you mean "value"?'],
  ['acme: { x: }', 'there is no value'],
  ['acme: { x: { secret: "${NOT_SET}" } }', 'the environment variable NOT_SET is not set'],
  ['acme: { x: { value: 1, type: int } }', 'expected one of text, number, boolean, json, secret'],
])('%s is refused', async (section, message) => {
  const problems = await problemsOf(
    applyFile(database.store, fileOf(`${ORGANIZATIONS}variables: { ${section} }`, { env })),
  );
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
  expect(problems[0]).not.toContain('hidden-region');
  expect(await stored()).toEqual([]);
});
