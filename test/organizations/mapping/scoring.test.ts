/** How Halo's clients and organizations are found to be the same: names, domains, ids, and what may be accepted. */
import * as fc from 'fast-check';
import { choose } from '../../../organizations/mapping/choose.ts';
import { domainOf, normaliseName } from '../../../organizations/mapping/normalise.ts';
import type { Candidate, Client } from '../../../organizations/mapping/score.ts';
import { profileOfClient, profileOfOrganization, scoreOf } from '../../../organizations/mapping/score.ts';
import { slugFor } from '../../../organizations/mapping/slug.ts';
import { suggest } from '../../../organizations/mapping/suggest.ts';

const client = (name: string, changes: Partial<Client> = {}): Client => ({
  id: 1,
  name,
  inactive: false,
  type: null,
  topLevel: null,
  domain: null,
  website: null,
  externalIds: [],
  ...changes,
});
const organization = (name: string, changes: Partial<Candidate> = {}): Candidate => ({
  slug: 'org',
  name,
  domain: null,
  tags: [],
  ...changes,
});
const between = (one: Client, other: Candidate) =>
  scoreOf(profileOfClient(one), profileOfOrganization(other));
const named = (one: string, other: string) => between(client(one), organization(other));

test.each([
  ['Acme GmbH', 'acme', 'gmbh'],
  ['ACME, Inc.', 'acme', 'inc'],
  ['Acme Pty. Ltd.', 'acme', 'pty ltd'],
  ['Acme B.V.', 'acme', 'bv'],
  ['Acme S. p. A.', 'acme', 'spa'],
  ['Müller & Söhne GmbH & Co. KG', 'muller and sohne', 'gmbh co kg'],
  ['The Acme Company', 'acme', 'co'],
  ["O'Brien's Bäckerei", 'obriens backerei', ''],
  ['Großhandel-Nord AG', 'grosshandel nord', 'ag'],
  ['  Acme   (UK)  Limited ', 'acme uk', 'ltd'],
  ['Limited', 'limited', ''],
  ['株式会社ガクメ', '株式会社ガクメ', ''],
  ['!!!', '!!!', ''],
])('%s is called %s, %s', (name, core, form) => {
  expect(normaliseName(name)).toMatchObject({ core, form });
});

test.each([
  ['https://www.Acme.example/contact?x=1', 'acme.example'],
  ['jo@acme.example', 'acme.example'],
  ['acme.example.', 'acme.example'],
  ['http://acme.example:8080', 'acme.example'],
  ['gmail.com', null],
  ['someone@outlook.com', null],
  ['acme', null],
  ['10.0.0.1', null],
  ['', null],
  [null, null],
])('the domain of %p is %p', (written, domain) => {
  expect(domainOf(written)).toBe(domain);
});

test.each<[string, string, number, boolean]>([
  ['Acme', 'acme', 1, true],
  ['Acme Ltd.', 'ACME LIMITED', 1, true],
  ['Acme Ltd.', 'Acme', 0.97, true],
  ['Acme Ltd', 'Acme GmbH', 0.85, false],
  ['Fabrication Acme', 'Acme Fabrication', 0.95, false],
])('%s and %s fit by %d', (one, other, score, exact) => {
  expect(named(one, other)).toMatchObject({ score, exact });
});

test.each([
  ['Kestrel Aviation Parts', 'Kestrel Aviation Part'],
  ['Stonegate Realty', 'Stonegate Reality'],
  ['Acme', 'Acme Fabrication'],
])('%s and %s are near', (one, other) => {
  const found = named(one, other);
  expect(found?.exact).toBe(false);
  expect(found?.score).toBeGreaterThanOrEqual(0.6);
  expect(found?.score).toBeLessThan(0.97);
});

test.each([
  ['Site 1', 'Site 2'],
  ['School 12 North', 'School 21 North'],
  ['Acme', 'Zenith'],
  ['Harbor Dental Group', 'Pinecrest Law'],
])('%s and %s are not alike', (one, other) => {
  expect(named(one, other)).toBeNull();
});

test('a domain, a website and an id are reasons of their own, and more of them are better', () => {
  const mail = between(
    client('A Name', { domain: 'jo@acme.example' }),
    organization('Other', { domain: 'acme.example' }),
  );
  expect(mail).toEqual({
    score: 0.9,
    weight: 0.9,
    exact: false,
    reasons: ['same e-mail domain acme.example'],
  });
  const web = between(
    client('Acme', { website: 'https://www.acme.example/' }),
    organization('Acme', { domain: 'acme.example' }),
  );
  expect(web?.reasons).toEqual(['same name', 'same website acme.example']);
  expect(web?.weight).toBeGreaterThan(named('Acme', 'Acme')?.weight ?? 2);
  const id = between(client('X', { externalIds: ['C-0012'] }), organization('Y', { tags: ['c-0012'] }));
  expect(id).toMatchObject({ score: 1, exact: true, reasons: ['same external id c-0012'] });
  const near = between(
    client('Kestrel Parts', { domain: 'other.example' }),
    organization('Kestrel Part', { domain: 'kestrel.example' }),
  );
  expect(near?.score).toBeLessThan(named('Kestrel Parts', 'Kestrel Part')?.score ?? 0);
});

test('what many have tells nothing', () => {
  const clients = Array.from({ length: 8 }, (_, index) =>
    client(`Client of number ${'abcdefgh'[index]}`, { id: index + 1, domain: 'group.example' }),
  );
  expect(suggest(clients, [organization('Zenith', { domain: 'group.example' })])).toEqual([]);
});

test('of twins nobody is taken, nor anything weaker for them', () => {
  const clients = [client('Acme', { id: 1 }), client('ACME', { id: 2 }), client('Globex', { id: 3 })];
  const organizations = [
    organization('Acme', { slug: 'acme' }),
    organization('Globex', { slug: 'globex' }),
    organization('Acmes', { slug: 'acmes' }),
  ];
  const { accepted, tied } = choose(suggest(clients, organizations), () => true);
  expect(accepted.map((one) => [one.client.id, one.organization.slug])).toEqual([[3, 'globex']]);
  expect(tied.map((one) => [one.client.id, one.organization.slug])).toEqual([
    [2, 'acme'],
    [1, 'acme'],
  ]);
});

test('the twin with the right domain is the one', () => {
  const clients = [client('Acme', { id: 1 }), client('Acme', { id: 2, domain: 'acme.example' })];
  const { accepted } = choose(
    suggest(clients, [organization('Acme', { slug: 'acme', domain: 'acme.example' })]),
    ({ exact }) => exact,
  );
  expect(accepted.map((one) => one.client.id)).toEqual([2]);
});

const words = fc.constantFrom('Acme', 'Globex', 'North', 'Dental', 'Law', 'Group', 'Ltd', 'GmbH', '2', '7');
const names = fc.array(words, { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const some = <T>(make: (name: string, index: number) => T) =>
  fc.array(names, { maxLength: 12 }).map((all) => all.map(make));

test('whatever the names: nobody is accepted twice, only what may be, and in any order the same', () => {
  fc.assert(
    fc.property(
      some((name, index) => client(name, { id: index + 1 })),
      some((name, index) => organization(name, { slug: `o-${index}` })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (clients, organizations, above) => {
        const found = suggest(clients, organizations);
        const { accepted, tied } = choose(found, ({ score }) => score >= above);
        expect(new Set(accepted.map((one) => one.client.id)).size).toBe(accepted.length);
        expect(new Set(accepted.map((one) => one.organization.slug)).size).toBe(accepted.length);
        for (const one of [...accepted, ...tied]) expect(found).toContain(one);
        for (const { score } of accepted) expect(score).toBeGreaterThanOrEqual(above);
        for (const { score } of found) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
        }
        const again = choose(
          suggest(clients.toReversed(), organizations.toReversed()),
          ({ score }) => score >= above,
        );
        const pairs = (all: typeof accepted) =>
          all.map((one) => `${one.client.id} ${one.organization.slug}`).toSorted();
        expect(pairs(again.accepted)).toEqual(pairs(accepted));
      },
    ),
    { numRuns: 300 },
  );
});

test('the index finds every exact match that comparing all pairs finds', () => {
  fc.assert(
    fc.property(
      some((name, index) => client(name, { id: index + 1 })),
      some((name, index) => organization(name, { slug: `o-${index}` })),
      (clients, organizations) => {
        const pairs = (all: readonly { client: Client; organization: Candidate }[]) =>
          all.map((one) => `${one.client.id} ${one.organization.slug}`).toSorted();
        const all = clients.flatMap((one) =>
          organizations
            .filter((other) => between(one, other)?.exact)
            .map((other) => ({ client: one, organization: other })),
        );
        expect(pairs(suggest(clients, organizations).filter(({ exact }) => exact))).toEqual(pairs(all));
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  [{ id: 7, name: 'Müller & Söhne GmbH' }, [], 'muller-and-sohne-gmbh'],
  [{ id: 7, name: 'Acme' }, ['acme'], 'acme-7'],
  [{ id: 7, name: 'Acme' }, ['acme', 'acme-7'], 'acme-7-2'],
  [{ id: 7, name: '株式会社' }, [], 'client-7'],
  [{ id: 7, name: 'A name that is rather long, as some names of companies are' }, [], /^.{1,40}$/],
])('%j becomes a slug', (of, taken: readonly string[], slug) => {
  const found = slugFor(of, (one) => taken.includes(one));
  expect(found).toMatch(/^[a-z0-9-]{1,40}$/);
  if (typeof slug === 'string') expect(found).toBe(slug);
  else expect(found).toMatch(slug);
});
