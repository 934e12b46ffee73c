/** `haloflow options`, on the sandbox. */
import { startSandbox } from '../../sandbox/sandbox.ts';
import { connections, organizations } from '../../store/schema/configuration.ts';
import { parseSealingKey, seal } from '../../store/seal.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryDirectory } from '../support/programs.ts';
import { run } from './command.ts';

test('lists what Halo has, and with its age what it had when it is away', async () => {
  const directory = temporaryDirectory();
  const database = await createTestDatabase();
  const sandbox = await startSandbox();
  const [tenant] = sandbox.tenants;
  if (!tenant) throw new Error('the sandbox has no tenants');
  const key = 'A'.repeat(43);
  const { db } = database.store;
  await db.insert(organizations).values({ slug: 'msp', name: 'MSP', origin: 'manual' });
  await db.insert(connections).values({
    id: 'msp-halo',
    organization: 'msp',
    isDefault: true,
    resourceServer: tenant.baseUrl,
    authServer: tenant.authUrl,
    tenant: tenant.tenant,
    clientId: tenant.clientId,
    sealedSecret: await seal(parseSealingKey(key, 'here'), tenant.clientSecret),
    origin: 'manual',
  });
  const options = (...args: string[]) =>
    run(['options', ...args, '--connection', 'msp-halo'], {
      home: directory.path,
      env: { DATABASE_URL: database.url, HALOFLOW_KEY: key },
    });
  try {
    const listed = await options('ticket-types');
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(/^ *1 +Incident *$/m);
    await sandbox.close();
    const away = await options('ticket-types', '--refresh');
    expect(away).toMatchObject({ code: 0, stdout: listed.stdout });
    expect(away.stderr).toContain('HaloConnectionError');
    expect(away.stderr).toContain('what Halo listed less than a minute ago');
    const never = await options('slas', '--json');
    expect(never.code).toBe(1);
    expect(JSON.parse(never.stdout)).toMatchObject({ ok: false, options: [] });
  } finally {
    await database.drop();
    directory.remove();
  }
}, 60_000);
