/** Which client somebody is, is suggested by what was said at or above the connection's owner only. */
import { startMappingPlane } from './mappingPlane.ts';
import type { MappingPlane } from './mappingPlane.ts';

let plane: MappingPlane;
beforeAll(async () => {
  plane = await startMappingPlane();
});
afterAll(() => plane.close());

const at = '/connections/halo/mappings';

test('a client that calls itself, or one below it, like another client is not suggested for that', async () => {
  const [msp, acme] = [await plane.token('msp', 'admin'), await plane.token('acme', 'admin')];
  const twin = {
    slug: 'acme-twin',
    name: 'Redwood Fabrication',
    domain: 'oldmill.example',
    tags: ['C-0012'],
  };
  expect((await plane.ask(acme, 'POST', '/organizations', twin)).status).toBe(201);
  expect((await plane.ask(acme, 'PATCH', '/organizations/acme', { name: 'Old Mill Textiles' })).status).toBe(
    200,
  );
  const suggested = async () => {
    const { body } = await plane.ask(msp, 'GET', `${at}/suggestions?limit=200&inactive=true`);
    return (body['suggestions'] as readonly { organization: string; clientName: string }[])
      .filter(({ organization }) => organization.startsWith('acme'))
      .map(({ organization, clientName }) => `${organization} is ${clientName}`);
  };
  expect(await suggested()).toEqual([]);
  const made = await plane.ask(msp, 'POST', `${at}/organizations`, { clients: [17], plan: true });
  expect(made.body).toMatchObject({ created: [{ client: 17 }], skipped: [] });
  // Who is above may say the same, or map it by hand.
  await plane.ask(msp, 'PATCH', '/organizations/acme-twin', { name: 'Redwood Fabrication' });
  expect(await suggested()).toContain('acme-twin is Redwood Fabrication');
  const byHand = await plane.ask(msp, 'POST', `${at}/accept`, { pair: { organization: 'acme', client: 12 } });
  expect(byHand.status).toBe(200);
});
