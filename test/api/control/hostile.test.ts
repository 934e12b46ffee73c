/** Tricks in what is asked: refused or found to be nothing, and nothing breaks. */
import { routes } from '../../../api/control/routes/index.ts';
import type { Route } from '../../../api/control/types.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
let admin: string;
beforeAll(async () => {
  plane = await startPlane();
  admin = await plane.token(null, 'admin');
});
afterAll(() => plane.close());

const TRICKS = [
  `'; drop table organizations; --`,
  `msp' or '1'='1`,
  `%`,
  `_`,
  `(a+)+$`,
  `../../etc/passwd`,
  `\u0000`,
  `$(id)`,
  `{{7*7}}`,
  `\ud83d`,
  'x'.repeat(5_000),
];

const filtered = routes.filter(({ method, query, type }) => method === 'GET' && query && type === undefined);
const named = (each: readonly Route[]): [string, Route][] => each.map((route) => [route.id, route]);

test.each(named(filtered))(
  '%s: filters take tricks for names that nothing has',
  async (_id, { path, query }) => {
    const url = path.replaceAll(/\{\w+\}/g, 'acme');
    for (const name of Object.keys(query?.properties ?? {})) {
      for (const trick of TRICKS) {
        const { status, body } = await plane.ask(admin, 'GET', `${url}?${name}=${encode(trick)}`);
        expect([200, 400, 404]).toContain(status);
        if (status === 200) expect(JSON.stringify(body)).not.toContain('"msp"');
      }
    }
  },
);

const placed = routes.filter(({ path, type }) => path.includes('{') && type === undefined);
test.each(named(placed))('%s: a place with a trick in it is not there', async (_id, route) => {
  for (const trick of TRICKS) {
    const url = route.path.replaceAll(/\{\w+\}/g, encode(trick));
    const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
    const { status } = await plane.ask(admin, route.method, url, body);
    expect([400, 404, 414, 431]).toContain(status);
  }
});

test('everything is still there', async () => {
  const { body } = await plane.ask(admin, 'GET', '/organizations');
  expect((body['organizations'] as { slug: string }[]).map(({ slug }) => slug).toSorted()).toEqual([
    'acme',
    'msp',
    'other',
  ]);
});

/** Also what encodeURIComponent refuses: half a character. */
function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
