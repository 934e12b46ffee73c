import { ConfigurationError } from '../../errors.ts';
import { explain, findConnection, resolve } from '../../organizations/resolve.ts';
import type { Configuration, Override, ResolveRequest } from '../../organizations/types.ts';
import { connection, mapping, northwind, organization } from './configurations.ts';

type Request = Partial<ResolveRequest> & { organization: string };

function chosen(request: Request, configuration = northwind()): string {
  const decision = resolve(configuration, { owner: 'northwind', ...request });
  return `${decision.connection.id} (${decision.because})`;
}

function refusal(request: Request, configuration = northwind()): ConfigurationError {
  try {
    const decision = resolve(configuration, { owner: 'northwind', ...request });
    throw new Error(`resolved to ${decision.connection.id}`);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    if (!(error instanceof ConfigurationError)) throw error;
    const explanation = explain(configuration, { owner: 'northwind', ...request });
    expect(explanation).toMatchObject({ decision: null, error: error.message });
    return error;
  }
}

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
    expect(message).toContain('or `haloflow connections add --org initech`;');
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

describe('use: default', () => {
  test("is the owner's default connection, not the running organization's", () => {
    expect(chosen({ organization: 'globex', triggerOverride: { use: 'default' } })).toBe(
      'northwind-halo (trigger override: default)',
    );
    expect(chosen({ organization: 'globex', owner: 'globex', triggerOverride: { use: 'default' } })).toBe(
      'globex-halo (trigger override: default)',
    );
  });

  test('an owner without one is an error, which a fallback to the same cannot help', () => {
    for (const fallback of ['fail', 'default'] as const) {
      const { message } = refusal({
        organization: 'labs',
        owner: 'acme',
        actionOverride: { use: 'default', fallback },
      });
      expect(message).toContain('not installed for Labs');
      expect(message).toContain('the default connection of the owner acme, but acme has no connection');
      expect(message).toContain('add a connection with "organization: acme"');
    }
  });
});

describe('use: connection', () => {
  const use = (id: string, fallback?: 'default'): Override => ({
    use: 'connection',
    connection: id,
    ...(fallback && { fallback }),
  });

  test('is that connection', () => {
    expect(chosen({ organization: 'acme', actionOverride: use('northwind-lab') })).toBe(
      'northwind-lab (action override: connection)',
    );
  });

  test('without an id it is refused, fallback or not', () => {
    const { message, details } = refusal({
      organization: 'acme',
      actionOverride: { use: 'connection', fallback: 'default' },
    });
    expect(message).toContain('acme says "use: connection" without saying which one');
    expect(details).toMatchObject({ notInstalled: false });
  });

  test('one that does not exist is named, with those that could be used', () => {
    const { message } = refusal({ organization: 'globex', actionOverride: use('northwind-hallo') });
    expect(message).toContain('looks for the connection northwind-hallo, which does not exist');
    expect(message).toContain('name one of globex-halo, northwind-halo, northwind-lab');
    expect(message).not.toContain('wayne');
    expect(message).toContain('leave the override out to use globex-halo, its own');
  });

  test('one that does not exist gives way to the fallback', () => {
    expect(chosen({ organization: 'acme', triggerOverride: use('gone', 'default') })).toBe(
      'northwind-halo (trigger override: connection, fallback: default)',
    );
  });

  test.each([
    ['beside the running organization', 'acme', 'northwind', 'globex-halo', 'globex'],
    ['below the running organization', 'northwind', 'northwind', 'globex-halo', 'globex'],
    ['above the owner', 'labs', 'acme', 'northwind-halo', 'northwind'],
  ])('one owned %s is refused, and a fallback does not hide it', (_, running, owner, id, owns) => {
    for (const fallback of [undefined, 'default'] as const) {
      const error = refusal({ organization: running, owner, actionOverride: use(id, fallback) });
      expect(error.message).toContain(`may not use the connection ${id} for`);
      expect(error.message).toContain(`it belongs to ${owns}, which is not on the path from the owner down`);
      expect(error.details).toMatchObject({ notInstalled: false });
    }
  });

  test("one of another MSP's tree is refused without a word about whose it is", () => {
    for (const fallback of [undefined, 'default'] as const) {
      const error = refusal({
        organization: 'acme',
        owner: 'northwind',
        actionOverride: use('wayne-halo', fallback),
      });
      expect(error.message).toContain('may not use the connection wayne-halo for');
      expect(error.message).not.toMatch(/wayne(?!-halo)/);
      expect(error.details).toMatchObject({ notInstalled: false });
    }
  });

  test('a higher owner is suggested only where that would help', () => {
    const above = refusal({ organization: 'labs', owner: 'acme', actionOverride: use('northwind-halo') });
    expect(above.message).toContain('or run it under the owner northwind.');
    const beside = refusal({ organization: 'acme', actionOverride: use('globex-halo') });
    expect(beside.message).not.toContain('under the owner');
  });

  test('one owned between owner and running organization is allowed', () => {
    const configuration = northwind({ connections: [connection('acme-halo', 'acme')] });
    expect(chosen({ organization: 'labs', actionOverride: use('acme-halo') }, configuration)).toBe(
      'acme-halo (action override: connection)',
    );
  });
});

describe('use: name', () => {
  const use = (name: string, fallback?: 'default'): Override => ({
    use: 'name',
    name,
    ...(fallback && { fallback }),
  });

  test('is the only connection of the owner whose name contains the text, in any case', () => {
    expect(chosen({ organization: 'acme', actionOverride: use('LAB') })).toBe(
      'northwind-lab (action override: name)',
    );
    expect(chosen({ organization: 'globex', owner: 'globex', actionOverride: use('halo') })).toBe(
      'globex-halo (action override: name)',
    );
  });

  test('several are refused and listed, even when there is a fallback', () => {
    const { message } = refusal({ organization: 'acme', actionOverride: use('northwind', 'default') });
    expect(message).toContain('several match: northwind-halo, northwind-lab.');
  });

  test('an exact name does not win silently over one that contains it', () => {
    const configuration = northwind({
      connections: [
        connection('halo', 'northwind'),
        connection('halo-lab', 'northwind', { isDefault: false }),
      ],
    });
    const { message } = refusal({ organization: 'acme', actionOverride: use('halo') }, configuration);
    expect(message).toContain('several match: halo, halo-lab.');
  });

  test('connections of others than the owner are not looked at', () => {
    expect(refusal({ organization: 'globex', actionOverride: use('globex') }).message).toContain(
      'looks for a connection of the owner northwind named like "globex", but northwind only has northwind-halo, northwind-lab',
    );
    expect(refusal({ organization: 'acme', actionOverride: use('wayne') }).message).not.toContain(
      'wayne-halo',
    );
  });

  test('none gives way to the fallback', () => {
    expect(chosen({ organization: 'acme', actionOverride: use('nothing', 'default') })).toBe(
      'northwind-halo (action override: name, fallback: default)',
    );
  });

  test.each([undefined, '', ' '])('without a text (%j) it is refused', (name) => {
    const override = { use: 'name', ...(name !== undefined && { name }) } as Override;
    expect(refusal({ organization: 'acme', actionOverride: override }).message).toContain(
      '"use: name" without a name',
    );
  });
});

describe('use: mapping', () => {
  const triggerOverride: Override = { use: 'mapping' };

  test('one row: its connection', () => {
    expect(chosen({ organization: 'acme', triggerOverride })).toBe(
      'northwind-halo (trigger override: mapping)',
    );
  });

  test('it goes before a default connection of its own', () => {
    expect(chosen({ organization: 'globex', triggerOverride })).toBe(
      'northwind-lab (trigger override: mapping)',
    );
  });

  test('several rows: the one marked "use: true"', () => {
    const configuration = northwind({
      mappings: [mapping('northwind-halo', 'acme', 12), mapping('northwind-lab', 'acme', 3, { use: true })],
    });
    expect(chosen({ organization: 'acme', triggerOverride }, configuration)).toBe(
      'northwind-lab (trigger override: mapping)',
    );
  });

  test.each([
    [false, 'none of them is marked "use: true"'],
    [true, 'several of them are marked "use: true"'],
  ])('several rows, all of them use: %s, are refused and listed', (use, said) => {
    const configuration = northwind({
      mappings: [
        mapping('northwind-lab', 'acme', 3, { use }),
        mapping('northwind-halo', 'acme', 12, { use }),
      ],
    });
    const { message } = refusal(
      { organization: 'acme', triggerOverride: { use: 'mapping', fallback: 'default' } },
      configuration,
    );
    expect(message).toContain(`mapped on several connections (northwind-halo, northwind-lab) and ${said}`);
  });

  test('no row: not installed, with what would help', () => {
    const { message, details } = refusal({ organization: 'initech', triggerOverride });
    expect(message).toMatch(/^HaloPSA integration is not installed for Initech: /);
    expect(message).toContain(
      'the trigger override (use: mapping) looks for a mapping of initech, which has none',
    );
    expect(message).toContain('add a connection with "organization: initech"');
    expect(message).toContain('add an override that finds one: map it under "mappings:"');
    expect(message).toContain('or with `haloflow mappings set initech`');
    expect(details).toMatchObject({ notInstalled: true });
  });

  test('no row fails even when the organization has a default of its own', () => {
    const { message } = refusal({ organization: 'globex', triggerOverride }, northwind({ mappings: [] }));
    expect(message).toMatch(/^HaloPSA integration is not installed for Globex: /);
  });

  test("no row and a fallback: the owner's default, not the organization's own", () => {
    expect(
      chosen(
        { organization: 'globex', triggerOverride: { use: 'mapping', fallback: 'default' } },
        northwind({ mappings: [] }),
      ),
    ).toBe('northwind-halo (trigger override: mapping, fallback: default)');
  });

  test('a fallback to an owner without a default fails and says both', () => {
    const { message } = refusal({
      organization: 'labs',
      owner: 'acme',
      triggerOverride: { use: 'mapping', fallback: 'default' },
    });
    expect(message).toContain('a mapping of labs, which has none');
    expect(message).toContain('acme has no connection');
  });

  test('rows of the parent do not count for the child', () => {
    expect(refusal({ organization: 'labs', triggerOverride }).message).toContain(
      'a mapping of labs, which has none',
    );
  });

  test.each([
    ['beside it', 'globex-halo', 'northwind'],
    ['in another tree', 'wayne-halo', 'northwind'],
    ['above the owner', 'northwind-halo', 'acme'],
  ])('a mapping onto a connection %s is refused', (_, id, owner) => {
    const configuration = northwind({ mappings: [mapping(id, 'acme', 1)] });
    for (const override of [triggerOverride, { use: 'mapping', fallback: 'default' } as const]) {
      expect(
        refusal({ organization: 'acme', owner, triggerOverride: override }, configuration).message,
      ).toContain(`may not use the connection ${id} for Acme (acme)`);
    }
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
      'Organization Dormant (dormant) is disabled: nothing runs for it. Set "enabled: true" in haloflow.yaml and run haloflow apply, or `haloflow organizations change dormant --enabled`',
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

describe('an override that is none', () => {
  test.each([
    [{ use: 'maping' }, 'says "use: maping". Use one of default, connection, name, mapping.'],
    [{ use: 'constructor' }, 'says "use: constructor"'],
    [{}, 'has no "use"'],
    [{ use: 'mapping', fallback: 'own' }, 'says "fallback: own". Use fail or default.'],
    [{ use: 'mapping', fallback: 1 }, 'says a fallback that is not a word'],
  ])('%j is refused', (override, said) => {
    const error = refusal({ organization: 'acme', actionOverride: override as unknown as Override });
    expect(error.message).toContain(`The action override for acme ${said}`);
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
