/** One spelling of where a Halo is, and of which generation its records are. */
import { generationName, haloIdOf, haloOf, spelledHost } from '../../organizations/halo.ts';

test.each([
  ['https://Northwind.HaloPSA.com', 'northwind.halopsa.com'],
  ['https://northwind.halopsa.com.', 'northwind.halopsa.com'],
  ['https://northwind.halopsa.com:443/', 'northwind.halopsa.com'],
  ['http://halo:80', 'halo'],
  ['http://halo:8080/Halo/', 'halo:8080/halo'],
  ['https://[::1]:4711', '[::1]:4711'],
])('%s is %s', (server, host) => {
  expect(spelledHost(server)).toBe(host);
});

test('a record is of the latest generation whose first id is at or below its own, as its tree knows it', () => {
  const organization = (slug: string, parent: string | null = null) => ({
    slug,
    name: slug,
    parent,
    tags: [],
    enabled: true,
  });
  const generation = (generation: number, firstId: number, organization = 'msp') => ({
    organization,
    halo: 'halo.example',
    generation,
    firstId,
    since: new Date(0),
    noticedAt: new Date(0),
  });
  const configuration = {
    version: 1,
    organizations: [organization('msp'), organization('acme', 'msp'), organization('other')],
    connections: [],
    mappings: [],
    haloGenerations: [generation(2, 5001), generation(3, 4801), generation(4, 1, 'other')],
  };
  const halo = haloOf(configuration, { organization: 'acme', resourceServer: 'https://halo.example' });
  expect([4800, 4801, 5001].map((id) => halo.nameOf(id))).toEqual([
    'halo.example',
    'halo.example#3',
    'halo.example#3',
  ]);
  expect(halo.names).toEqual(['halo.example#3', 'halo.example#2', 'halo.example']);
  expect(haloIdOf(generationName('halo.example', 3))).toBe('halo.example');
  const theirs = haloOf(configuration, { organization: 'other', resourceServer: 'https://halo.example' });
  expect(theirs.latest).toBe('halo.example#4');
});
