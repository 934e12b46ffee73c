/** Whose credentials a call would use: what each may know of that. */
import { connections, mappings, organizations } from '../../../store/schema/configuration.ts';
import { startPlane } from './plane.ts';
import type { Answer, TestPlane } from './plane.ts';

/** In everything that is above `acme`, or beside it. */
const MARKER = 'zq-marker';

let plane: TestPlane;
beforeAll(async () => {
  plane = await startPlane();
  const connection = (id: string, organization: string, isDefault = true) => ({
    id,
    organization,
    isDefault,
    resourceServer: 'https://halo.example.com',
    clientId: 'x',
    sealedSecret: 'x',
    origin: 'manual' as const,
  });
  const { db } = plane.store;
  await db.insert(organizations).values([
    { slug: `${MARKER}-beside`, name: MARKER, parent: 'msp', origin: 'manual' },
    { slug: 'plant', name: 'Plant', parent: 'acme', origin: 'manual' },
    { slug: 'depot', name: 'Depot', parent: 'acme', origin: 'manual' },
  ]);
  await db
    .insert(connections)
    .values([
      connection(`${MARKER}-halo`, 'msp'),
      connection(`${MARKER}-second`, 'msp', false),
      connection(`${MARKER}-theirs`, 'other'),
      connection('acme-halo', 'acme'),
    ]);
  const mapping = (organization: string, on: string, client: number) => ({
    organization,
    connection: on,
    client,
    origin: 'manual' as const,
  });
  await db
    .insert(mappings)
    .values([
      mapping('acme', `${MARKER}-halo`, 12),
      mapping('plant', 'acme-halo', 12),
      mapping('depot', `${MARKER}-halo`, 13),
      mapping('depot', `${MARKER}-second`, 12),
    ]);
});
afterAll(() => plane.close());

async function asked(organization: string | null, query: string): Promise<Answer> {
  return await plane.ask(await plane.token(organization, 'viewer'), 'GET', `/explain?${query}`);
}

test('a token of the MSP is told each step, the MSP being the owner', async () => {
  const { status, body } = await asked('msp', 'organization=acme&use=mapping');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    connection: `${MARKER}-halo`,
    because: 'action override: mapping',
    error: null,
  });
  expect(body['steps']).toContainEqual(
    expect.objectContaining({ level: 'action override', rule: 'use: mapping', result: `${MARKER}-halo` }),
  );
});

test('the override of the trigger, its fallback and the owner may be said', async () => {
  const query = 'organization=plant&owner=acme&triggerUse=name:nothing&fallback=default';
  for (const who of [null, 'msp', 'acme']) {
    expect((await asked(who, query)).body).toMatchObject({
      connection: 'acme-halo',
      because: 'trigger override: name, fallback: default',
    });
  }
});

const OVERRIDES = [
  '',
  'use=default',
  'use=mapping',
  'use=mapping&fallback=default',
  'triggerUse=mapping',
  'use=name:zq',
  'use=name:halo',
  'use=default&triggerUse=mapping',
];
const ORGANIZATIONS = ['acme', 'plant', 'depot', 'msp', 'other', 'nobodys'];

test('a token of a client is told nothing of what is above it or beside it', async () => {
  for (const organization of ORGANIZATIONS) {
    for (const owner of ['', 'acme', 'depot', 'msp', 'nobodys']) {
      for (const override of OVERRIDES) {
        const query = `organization=${organization}${owner && `&owner=${owner}`}&${override}`;
        const { status, body } = await asked('acme', query);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain(MARKER);
      }
    }
  }
});

test('a mapping that leads above is said to, and the connection is not named', async () => {
  const { body } = await asked('acme', 'organization=acme&use=mapping');
  expect(body).toMatchObject({ connection: null, because: null });
  expect(body['steps']).toEqual([
    expect.objectContaining({ level: 'owner', result: 'acme' }),
    expect.objectContaining({ rule: 'use: mapping', result: 'a connection of an organization above' }),
    expect.objectContaining({ result: expect.stringMatching(/^refused: /) as string }),
    expect.objectContaining({ level: 'trigger override', result: 'not set' }),
    expect.objectContaining({ level: 'own default' }),
  ]);
  expect(body['error']).toMatchObject({
    type: 'ConfigurationError',
    message: expect.stringMatching(
      /^The action override may not use a connection of an organization above for Acme/,
    ) as string,
  });
});

test('what is out of reach is like what does not exist, whatever it is asked for as', async () => {
  const alike = async (query: (name: string) => string, theirs: string): Promise<void> => {
    const nobodys = 'nobodys';
    const [one, two] = await Promise.all([theirs, nobodys].map((name) => asked('acme', query(name))));
    const shown = (answer: Answer | undefined, name: string) =>
      JSON.stringify(answer?.body).replaceAll(name, 'it');
    expect(shown(one, theirs)).toBe(shown(two, nobodys));
  };
  for (const slug of ['msp', 'other', `${MARKER}-beside`]) {
    await alike((name) => `organization=${name}`, slug);
    await alike((name) => `organization=acme&owner=${name}&use=default`, slug);
  }
  for (const id of [`${MARKER}-halo`, `${MARKER}-second`, `${MARKER}-theirs`]) {
    for (const fallback of ['', '&fallback=default']) {
      await alike((name) => `organization=acme&use=connection:${name}${fallback}`, id);
    }
  }
});

test.each([
  ['', 'query.organization'],
  ['organization=acme&use=mine', 'query.use'],
  ['organization=acme&triggerUse=connection:', 'query.triggerUse'],
  ['organization=acme&fallback=default', 'query.fallback'],
  ['organization=acme&use=mapping&fallback=maybe', 'query.fallback'],
])('what cannot be asked is refused by its field: "%s"', async (query, field) => {
  const { status, body } = await asked('msp', query);
  expect([status, body['code']]).toEqual([400, 'SchemaError']);
  expect(body['errors']).toContainEqual(expect.objectContaining({ field }));
});
