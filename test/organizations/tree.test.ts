import { didYouMean } from '../../nearest.ts';
import { ancestry, descendants, isAtOrBelow, pathBetween, rootOf } from '../../organizations/tree.ts';
import { northwind, organization } from './configurations.ts';

const slugs = (rows: readonly { slug: string }[] | null | undefined) => rows?.map(({ slug }) => slug);

test('a path runs from above down to below, both included', () => {
  expect(slugs(pathBetween(northwind(), 'northwind', 'labs'))).toEqual(['northwind', 'acme', 'labs']);
  expect(slugs(pathBetween(northwind(), 'acme', 'acme'))).toEqual(['acme']);
});

test('there is no path upwards, sideways, or to what is unknown', () => {
  expect(pathBetween(northwind(), 'labs', 'northwind')).toBeNull();
  expect(pathBetween(northwind(), 'globex', 'labs')).toBeNull();
  expect(pathBetween(northwind(), 'nobody', 'labs')).toBeNull();
  expect(pathBetween(northwind(), 'northwind', 'nobody')).toBeNull();
  expect(isAtOrBelow(northwind(), 'labs', 'northwind')).toBe(true);
  expect(isAtOrBelow(northwind(), 'northwind', 'labs')).toBe(false);
});

test('descendants are everything below, parents before children', () => {
  expect(slugs(descendants(northwind(), 'northwind'))).toEqual([
    'acme',
    'globex',
    'initech',
    'dormant',
    'labs',
  ]);
  expect(descendants(northwind(), 'labs')).toEqual([]);
});

test('the root of a tree is its top', () => {
  expect(rootOf(northwind(), 'labs')?.slug).toBe('northwind');
  expect(rootOf(northwind(), 'wayne')?.slug).toBe('wayne');
  expect(rootOf(northwind(), 'nobody')).toBeUndefined();
});

test('walks end on a cycle', () => {
  const configuration = northwind({
    organizations: [organization('a', { parent: 'b' }), organization('b', { parent: 'a' })],
  });
  expect(slugs(ancestry(configuration, 'a'))).toEqual(['a', 'b']);
  expect(slugs(descendants(configuration, 'a'))).toEqual(['b']);
});

test('a suggestion is made for a slip, not for another word', () => {
  expect(didYouMean('organisation', ['organization', 'tenant'])).toBe(' Did you mean "organization"?');
  expect(didYouMean('use', ['client', 'contact'])).toBe('');
});

// Compared letter by letter, these would take half an hour.
test('what is much longer than every name is not compared with them', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `Continent/City of the number ${index}`);
  expect(didYouMean('x'.repeat(1_000_000), names)).toBe('');
});
