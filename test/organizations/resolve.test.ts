/** Which level decides on the connection of a call, who may act for whom, and how that is explained. */
import { explain, findConnection } from '../../organizations/resolve.ts';
import type { Configuration, Override } from '../../organizations/types.ts';
import { connection, northwind, organization } from './configurations.ts';
import { chosen, refusal } from './decisions.ts';
import type { Request } from './decisions.ts';

describe('without an override', () => {
  test('an organization uses its own default connection', () => {
    expect(chosen({ organization: 'northwind' })).toBe('northwind-halo (own default)');
    expect(chosen({ organization: 'globex' })).toBe('globex-halo (own default)');
  });

  test('its only connection is its default, however it is marked', () => {
    const configuration = northwind({
      connections: [connection('globex-halo', 'globex', { isDefault: false })],
    });
    expect(chosen({ organization: 'globex' }, configuration)).toBe('globex-halo (own default)');
  });

  test("a child never gets its parent's connection, mapped or not", () => {
    for (const [slug, name] of [
      ['acme', 'Acme'],
      ['labs', 'Labs'],
      ['initech', 'Initech'],
    ] as const) {
      const error = refusal({ organization: slug });
      expect(error.message).toMatch(new RegExp(`^HaloPSA integration is not installed for ${name}: `));
      expect(error.details).toMatchObject({ notInstalled: true, organization: slug });
    }
  });

  test('the two remedies are named: connect it, or add an override', () => {
    const { message } = refusal({ organization: 'initech' });
    expect(message).toContain('initech has no connection');
    expect(message).toContain('connect it: add a connection with "organization: initech" to haloflow.yaml');
    expect(message).toContain('add an override to the trigger or the call');
  });

  test('several connections and no default among them is said, not guessed', () => {
    const configuration = northwind({
      connections: [
        connection('globex-b', 'globex', { isDefault: false }),
        connection('globex-a', 'globex', { isDefault: false }),
      ],
    });
    const { message } = refusal({ organization: 'globex' }, configuration);
    expect(message).toContain(
      'globex has the connections globex-a, globex-b and none of them is its default',
    );
    expect(message).toContain('"default: true"');
  });

  test('null in place of an override is no override: rows hold it as JSON', () => {
    const none = JSON.parse('null') as undefined;
    expect(chosen({ organization: 'globex', triggerOverride: none, actionOverride: none })).toBe(
      'globex-halo (own default)',
    );
  });
});

describe('which level decides', () => {
  const byName: Override = { use: 'name', name: 'lab' };

  test('the action override before the trigger override, before the own default', () => {
    const triggerOverride: Override = { use: 'default' };
    expect(chosen({ organization: 'globex', triggerOverride })).toBe(
      'northwind-halo (trigger override: default)',
    );
    expect(chosen({ organization: 'globex', triggerOverride, actionOverride: byName })).toBe(
      'northwind-lab (action override: name)',
    );
  });

  test('when the first level present fails, the next ones are not tried', () => {
    const failing: Override = { use: 'name', name: 'nowhere' };
    expect(
      refusal({ organization: 'globex', actionOverride: failing, triggerOverride: byName }).message,
    ).toMatch(/not installed for Globex: the action override \(use: name "nowhere"\)/);
    expect(refusal({ organization: 'globex', triggerOverride: failing }).message).toMatch(
      /not installed for Globex: the trigger override \(use: name "nowhere"\)/,
    );
  });
});

describe('who may act for whom', () => {
  const triggerOverride: Override = { use: 'default' };

  test.each([
    ['above its owner', 'northwind', 'acme'],
    ['beside its owner', 'globex', 'acme'],
    ['in another tree', 'wayne', 'northwind'],
  ])('a run never acts for an organization %s', (_, running, owner) => {
    for (const override of [undefined, triggerOverride]) {
      expect(refusal({ organization: running, owner, triggerOverride: override }).message).toContain(
        `A run owned by ${owner} may not act for ${running}, which is neither ${owner} itself nor below it`,
      );
    }
  });

  test('an unknown organization or owner is named, with a suggestion from below the owner only', () => {
    expect(refusal({ organization: 'acne' }).message).toContain(
      'Organization "acne" does not exist. Did you mean "acme"?',
    );
    expect(refusal({ organization: 'wane' }).message).not.toContain('wayne');
    expect(refusal({ organization: 'acme', owner: 'north' }).message).toContain(
      'The owner "north" does not exist.',
    );
  });

  test('nothing runs for a disabled organization', () => {
    expect(refusal({ organization: 'dormant', triggerOverride }).message).toContain(
      'Organization Dormant (dormant) is disabled: nothing runs for it. Set "enabled: true"',
    );
  });

  test('a disabled connection is found and refused, whatever chose it, and nothing is used in its place', () => {
    const { connections, ...rest } = northwind();
    const configuration: Configuration = {
      ...rest,
      connections: connections.map((row) => ({ ...row, enabled: !row.id.startsWith('northwind') })),
    };
    const asked: [Request, string][] = [
      [{ organization: 'northwind' }, 'northwind-halo'],
      [{ organization: 'acme', triggerOverride: { use: 'mapping', fallback: 'default' } }, 'northwind-halo'],
      [{ organization: 'globex', actionOverride: { use: 'name', name: 'lab' } }, 'northwind-lab'],
      [
        { organization: 'initech', actionOverride: { use: 'mapping', fallback: 'default' } },
        'northwind-halo',
      ],
    ];
    for (const [request, id] of asked) {
      const error = refusal(request, configuration);
      expect(error.message).toBe(
        `Connection ${id} is disabled: no run uses it. haloflow connections enable ${id} changes that.`,
      );
      expect(error.details).toMatchObject({ notInstalled: false });
      const complete = { owner: 'northwind', ...request };
      expect(findConnection(configuration, complete)?.id).toBe(id);
      const { steps } = explain(configuration, complete);
      expect(steps.slice(0, -1)).toEqual(explain(northwind(), complete).steps);
      expect(steps.at(-1)).toEqual({
        level: 'connection',
        rule: 'it is enabled',
        result: `refused: ${id} is disabled`,
      });
    }
    expect(chosen({ organization: 'globex' }, configuration)).toBe('globex-halo (own default)');
  });

  test('customers below a disabled organization go on running', () => {
    const { organizations, ...rest } = northwind();
    const configuration: Configuration = {
      ...rest,
      organizations: organizations.map((row) =>
        row.slug === 'northwind' ? { ...row, enabled: false } : row,
      ),
    };
    expect(chosen({ organization: 'globex' }, configuration)).toBe('globex-halo (own default)');
    expect(refusal({ organization: 'northwind' }, configuration).message).toContain('is disabled');
  });

  test('a cycle among parents in the tables ends in an answer', () => {
    const configuration = northwind({
      organizations: [organization('acme', { parent: 'labs' }), organization('labs', { parent: 'acme' })],
      connections: [connection('acme-halo', 'acme')],
    });
    expect(chosen({ organization: 'acme', owner: 'labs' }, configuration)).toBe('acme-halo (own default)');
    expect(refusal({ organization: 'acme', owner: 'northwind' }, configuration).message).toContain(
      '"northwind"',
    );
  });
});

describe('explain', () => {
  const steps = (request: Request): string[] =>
    explain(northwind(), { owner: 'northwind', ...request }).steps.map(
      ({ level, rule, result }) => `${level} | ${rule} | ${result}`,
    );
  const owner = (path: string) =>
    `owner | the running organization is enabled and is the owner or below it | ${path}`;

  test('shows every level, those that are not there too', () => {
    expect(steps({ organization: 'globex' })).toEqual([
      owner('northwind > globex'),
      'action override | - | not set',
      'trigger override | - | not set',
      'own default | the default connection of globex | globex-halo',
    ]);
  });

  test('shows what was not tried, and the check of the path', () => {
    expect(
      steps({
        organization: 'acme',
        actionOverride: { use: 'mapping' },
        triggerOverride: { use: 'name', name: 'lab', fallback: 'default' },
      }),
    ).toEqual([
      owner('northwind > acme'),
      'action override | use: mapping | northwind-halo',
      'action override | owned on the path northwind > acme | yes: northwind owns northwind-halo',
      'trigger override | use: name "lab", fallback: default | not tried: the action override decides',
      'own default | the default connection of acme | not tried: the action override decides',
    ]);
  });

  test('shows the fallback as a step of its own', () => {
    const trigger = steps({
      organization: 'initech',
      triggerOverride: { use: 'mapping', fallback: 'default' },
    });
    expect(trigger.slice(2, 4)).toEqual([
      'trigger override | use: mapping, fallback: default | nothing: looked for a mapping of initech, which has none',
      'trigger override | fallback: default | northwind-halo',
    ]);
    expect(steps({ organization: 'initech', triggerOverride: { use: 'mapping' } })[3]).toBe(
      'trigger override | fallback: fail | no connection',
    );
  });

  test('shows the levels of a refused run as not tried', () => {
    expect(steps({ organization: 'wayne', actionOverride: { use: 'default' } })).toEqual([
      owner('wayne is neither northwind nor below it'),
      'action override | - | not tried: the run itself is refused',
      'trigger override | - | not tried: the run itself is refused',
      'own default | - | not tried: the run itself is refused',
    ]);
  });
});
