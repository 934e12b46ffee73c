/** What each kind of override picks, and what it is refused for. */
import type { Override } from '../../organizations/types.ts';
import { connection, mapping, northwind } from './configurations.ts';
import { chosen, refusal } from './decisions.ts';

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
