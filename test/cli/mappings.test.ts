/** `haloflow mappings` as an operator has it, against a haloflow that runs, with a sandbox as Halo. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ignored } from '../../cli/ignoredClients.ts';
import { caughtBy, accepted, listed, set, suggested, undone } from '../../cli/mappings.ts';
import { createdClients, createdOrganizations } from '../../cli/mappingCreation.ts';
import { exported, imported } from '../../cli/mappingFiles.ts';
import { startMappingPlane } from '../api/control/mappingPlane.ts';
import type { MappingPlane } from '../api/control/mappingPlane.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { runJson } from './command.ts';

const directory = temporaryDirectory();
const on = { connection: 'halo' };
let plane: MappingPlane;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  plane = await startMappingPlane();
  env = { HALOFLOW_URL: plane.url.replace('/api/v1', ''), HALOFLOW_TOKEN: await plane.token('msp', 'admin') };
  Object.assign(process.env, env);
}, 60_000);
afterAll(async () => {
  delete process.env['HALOFLOW_URL'];
  delete process.env['HALOFLOW_TOKEN'];
  await plane.close();
  directory.remove();
});

test('an operator maps his customers: sees, accepts, corrects, ignores, and takes back', async () => {
  const seen = await suggested(on);
  expect(seen.text).toMatch(
    /^0\.97 +16 +Pinecrest Law +pinecrest-law-llp +Pinecrest Law LLP +same name but for/m,
  );
  expect(seen.text).toContain('`haloflow mappings accept --exact` would map 4, `--above 0.9` 5.');
  expect((await accepted(undefined, undefined, { ...on, exact: true, plan: true })).text).toContain(
    '4 would be mapped.',
  );
  const done = await accepted(undefined, undefined, { ...on, exact: true });
  expect(done.text).toMatch(
    /^\+ acme: client 12$(.|\n)*^4 mapped\.$(.|\n)*mappings undo \S+ --connection halo/m,
  );
  expect((await set('acme', 12, { ...on, site: 5, use: false })).text).toBe('acme is client 12 of halo.');
  const command = ['mappings', 'set', 'acme', 'ACME', '--connection', 'halo'];
  expect(await runJson(command, { home: directory.path, env })).toMatchObject({
    code: 0,
    document: { mapping: { client: 12 }, changed: false },
  });
  await ignored(14, { ...on, reason: 'a supplier, "small"' });
  expect((await undone(undefined, on)).text).toContain('- globex: client 13\n');
  const mapped = await listed({ ...on, state: 'mapped' });
  expect(mapped.text).toMatch(/^12 +Acme +mapped +acme +site 5$/m);
  expect(mapped.text).toContain('1 mapped, 16 unmapped, 1 ignored; 6 organizations without a client');
});

test.each(['csv', 'json', 'yaml'])('mappings as %s go out and come back', async (format) => {
  const file = path.join(directory.path, `mappings.${format}`);
  expect((await exported(file, on)).text).toBe(`2 rows are in ${file}.`);
  expect(readFileSync(file, 'utf8')).toContain('a supplier');
  expect(await imported(file, on)).toMatchObject({
    ok: true,
    text: '0 changed, 2 are so already, 0 not taken.',
  });
});

test('bad rows of a file are named by their lines', async () => {
  const file = path.join(directory.path, 'new.csv');
  const lines = ['organization;client;reason', 'globex;13;', '"nobody";15;"of two', 'lines"', ';16;'];
  writeFileSync(file, lines.join('\r\n'));
  expect(await imported(file, { ...on, plan: true })).toMatchObject({
    ok: false,
    text: '+ globex: client 13\n1 would change, 0 are so already, 2 not taken.',
    complaint: [
      `${file}:3: there is no organization nobody`,
      `${file}:5: organization: is missing, and the client is not ignored either`,
    ].join('\n'),
    json: { ok: false, changes: [{ op: '+', client: 13 }] },
  });
});

test.each([
  ['x.csv', 'a,b\n1,2', 'has no column client'],
  ['x.csv', 'organization,client,client\nacme,12,13', 'names the column client twice'],
  ['x.csv', 'client\n"1', 'line 2 has a quote that nothing ends'],
  ['x.json', '{"client": 1}', 'a list of rows is expected'],
  ['x.yaml', '- [', 'line 1 cannot be read'],
  ['x.txt', 'client', 'Say it with --format'],
])('%s that holds %j: %s', async (name, text, message) => {
  const file = path.join(directory.path, name);
  writeFileSync(file, text);
  await expect(imported(file, on)).rejects.toThrow(message);
});

test('what is wrong with a command is said, with its remedy', async () => {
  await expect(accepted('acme', undefined, on)).rejects.toThrow('what is to be accepted?');
  await expect(accepted('globex', 12, on)).rejects.toMatchObject({ name: 'ConflictError' });
  const planned = await createdOrganizations({ ...on, name: 'dental', plan: true });
  expect(planned.text).toContain(
    '+ msp-harbor-dental-group (Harbor Dental Group): client 15\n1 would be created',
  );
  const strange = await createdOrganizations({ ...on, clients: [15, 424_242], plan: true });
  expect(strange).toMatchObject({ ok: false, json: { created: [{ client: 15 }], unknown: [424_242] } });
  await expect(createdClients({ ...on, orgs: ['acme', 'nobody'] })).rejects.toMatchObject({
    name: 'NotFoundError',
    message: expect.stringContaining('no organization nobody') as string,
  });
  expect((await caughtBy('acme', on)).text).toBe(
    'acme stands for clients of halo that are mapped to nobody.',
  );
  expect((await caughtBy('none', on)).json).toMatchObject({ catchAll: null });
  await expect(caughtBy('slug:none', on)).rejects.toThrow('there is no organization none');
});

test('the command itself says which of the options were given', async () => {
  const where = { home: path.join(directory.path, 'home'), env };
  const words = ['mappings', 'set', 'acme', '12', '--connection', 'halo', '--contact', '7', '--no-site'];
  const { code, document } = await runJson(words, where);
  expect([code, document]).toMatchObject([0, { ok: true, mapping: { contact: 7, site: null, use: false } }]);
  const { document: kept } = await runJson(words.slice(0, 6), where);
  expect(kept).toMatchObject({ changed: false, mapping: { contact: 7, site: null } });
}, 60_000);
