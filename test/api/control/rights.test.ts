/** Who may use which route: every one of the table. */
import { includes, ROLES } from '../../../access/principal.ts';
import { routes } from '../../../api/control/routes/index.ts';
import type { Route } from '../../../api/control/types.ts';
import { startPlane } from './plane.ts';
import type { TestPlane } from './plane.ts';

let plane: TestPlane;
beforeAll(async () => {
  plane = await startPlane();
});
afterAll(() => plane.close());

const each = routes.map((route): [string, Route] => [route.id, route]);
/** With something in the place of each parameter. */
const urlOf = ({ path, params }: Route): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    params?.properties[name]?.['type'] === 'integer' ? '2147483646' : 'nothing-of-that-name',
  );

test('every route has an id and a place of its own', () => {
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
});

test.each(each)('%s: nobody without a token, and no token that is made up', async (_id, route) => {
  for (const token of ['', 'x', `hft_000000000000_${'A'.repeat(43)}`]) {
    const answer = await plane.ask(token, route.method, urlOf(route), {});
    expect([answer.status, answer.body['code']]).toEqual([401, 'UnauthenticatedError']);
    expect(answer.type).toContain('application/problem+json');
  }
});

test.each(each)('%s: no lower role', async (_id, route) => {
  for (const role of ROLES) {
    const answer = await plane.ask(await plane.token('msp', role), route.method, urlOf(route), {});
    if (includes(role, route.role)) expect(answer.status).not.toBe(403);
    else expect([answer.status, answer.body['code']]).toEqual([403, 'ForbiddenError']);
  }
});

const withPlace = each.filter(([, { path }]) => /^\/\w+\/\{\w+\}/.test(path));
test.each(withPlace)('%s: what is not there is not found', async (_id, route) => {
  const answer = await plane.ask(await plane.token(null, 'admin'), route.method, urlOf(route));
  // A body that is missing is seen first.
  if (route.body === undefined) expect([answer.status, answer.body['code']]).toEqual([404, 'NotFoundError']);
  else expect([400, 404]).toContain(answer.status);
});

test('every route is in the document of the API, with what it needs', async () => {
  const { body } = await plane.ask('', 'GET', '/openapi.json');
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/' }] });
  const paths = body['paths'] as Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>;
  const documented = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ operationId }) => operationId);
  expect(documented.toSorted()).toEqual(routes.map(({ id }) => id).toSorted());
});

test('no reply is described as shorter than it may be', async () => {
  const { body } = await plane.ask('', 'GET', '/openapi.json');
  const replies = Object.values(body['paths'] as Readonly<Record<string, object>>)
    .flatMap((methods) => Object.values(methods) as { responses: object }[])
    .map(({ responses }) => JSON.stringify(responses));
  expect(replies.filter((text) => /"m(ax|in)Length"/.test(text))).toEqual([]);
});
