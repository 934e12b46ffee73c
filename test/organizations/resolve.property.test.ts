import * as fc from 'fast-check';
import { ConfigurationError } from '../../errors.ts';
import { explain, findConnection, resolve } from '../../organizations/resolve.ts';
import { isAtOrBelow, pathBetween } from '../../organizations/tree.ts';
import type { Configuration, Override, ResolveRequest } from '../../organizations/types.ts';
import { connection, mapping, organization } from './configurations.ts';

const slugs = ['o0', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7'];
const ids = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const slug = fc.constantFrom(...slugs);

/** Trees of eight: every organization's parent is one before it, or none. Connections and mappings anywhere. */
const configurations: fc.Arbitrary<Configuration> = fc
  .record({
    parents: fc.tuple(...slugs.map((_, index) => fc.integer({ min: -1, max: index - 1 }))),
    disabled: fc.subarray(slugs, { maxLength: 2 }),
    paused: fc.subarray(ids, { maxLength: 2 }),
    owners: fc.tuple(...ids.map(() => fc.option(slug))),
    defaults: fc.subarray(ids),
    mappings: fc.uniqueArray(fc.record({ on: fc.constantFrom(...ids), of: slug, use: fc.boolean() }), {
      maxLength: 8,
      selector: ({ on, of }) => `${on} ${of}`,
    }),
  })
  .map(({ parents, disabled, paused, owners, defaults, mappings }) => {
    const owned = ids.flatMap((id, index) => {
      const owner = owners[index];
      return owner ? [{ id, owner }] : [];
    });
    const first = (id: string, owner: string): boolean =>
      owned.find((other) => other.owner === owner && defaults.includes(other.id))?.id === id;
    return {
      version: 1,
      organizations: slugs.map((name, index) =>
        organization(name, {
          parent: slugs[parents[index] ?? -1] ?? null,
          enabled: !disabled.includes(name),
        }),
      ),
      connections: owned.map(({ id, owner }) =>
        connection(id, owner, { isDefault: first(id, owner), enabled: !paused.includes(id) }),
      ),
      mappings: mappings
        .filter(({ on }) => owned.some(({ id }) => id === on))
        .map(({ on, of, use }, index) => mapping(on, of, index + 1, { use })),
    };
  });

const overrides: fc.Arbitrary<Override | undefined> = fc.option(
  fc.record(
    {
      use: fc.constantFrom('default', 'mapping', 'connection', 'name'),
      connection: fc.constantFrom(...ids, 'gone'),
      name: fc.constantFrom('c', 'C1', '3', 'gone'),
      fallback: fc.constantFrom('fail', 'default'),
    },
    { requiredKeys: ['use'] },
  ),
  { nil: undefined },
);

const requests: fc.Arbitrary<ResolveRequest> = fc.record({
  organization: slug,
  owner: slug,
  triggerOverride: overrides,
  actionOverride: overrides,
});

const runs = { numRuns: 2000 };

test('without an override nothing but a connection of its own is ever used', () => {
  fc.assert(
    fc.property(configurations, requests, (configuration, { organization: running, owner }) => {
      const { decision } = explain(configuration, { organization: running, owner });
      if (decision)
        expect(decision).toMatchObject({ because: 'own default', connection: { organization: running } });
    }),
    runs,
  );
});

test('whatever is used is owned on the path from the owner down to the running organization', () => {
  let decided = 0;
  fc.assert(
    fc.property(configurations, requests, (configuration, request) => {
      const { decision } = explain(configuration, request);
      if (!decision) return;
      decided++;
      const path = pathBetween(configuration, request.owner, request.organization);
      expect(path?.map((row) => row.slug)).toContain(decision.connection.organization);
    }),
    runs,
  );
  expect(decided).toBeGreaterThan(50);
});

test('nothing is used for a disabled organization, nor for one that is not at or below the owner', () => {
  fc.assert(
    fc.property(configurations, requests, (configuration, request) => {
      const running = configuration.organizations.find((row) => row.slug === request.organization);
      const allowed = running?.enabled && isAtOrBelow(configuration, request.organization, request.owner);
      if (!allowed) expect(explain(configuration, request).decision).toBeNull();
    }),
    runs,
  );
});

test('a disabled connection changes no choice, and is not used', () => {
  let refused = 0;
  fc.assert(
    fc.property(configurations, requests, (configuration, request) => {
      const connections = configuration.connections.map((row) => ({ ...row, enabled: true }));
      const found = findConnection(configuration, request);
      expect(found?.id).toBe(explain({ ...configuration, connections }, request).decision?.connection.id);
      const { decision } = explain(configuration, request);
      expect(decision?.connection ?? null).toEqual(found?.enabled ? found : null);
      if (found && !decision) refused++;
    }),
    runs,
  );
  expect(refused).toBeGreaterThan(0);
});

test('an action override makes the trigger override irrelevant', () => {
  fc.assert(
    fc.property(configurations, requests, overrides, (configuration, request, other) => {
      fc.pre(request.actionOverride !== undefined);
      const decision = explain(configuration, { ...request, triggerOverride: other }).decision;
      expect(decision).toEqual(explain(configuration, request).decision);
    }),
    runs,
  );
});

test('explain agrees with resolve', () => {
  fc.assert(
    fc.property(configurations, requests, (configuration, request) => {
      const explanation = explain(configuration, request);
      expect(explanation.steps.length).toBeGreaterThanOrEqual(4);
      try {
        expect(resolve(configuration, request)).toEqual(explanation.decision);
        expect(explanation.error).toBeNull();
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        expect(explanation).toMatchObject({ decision: null, error: error.message });
      }
    }),
    runs,
  );
});
