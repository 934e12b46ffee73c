/** Laws of criteria, over random criteria and random events. */
import * as fc from 'fast-check';
import { checkCriteria } from '../../triggers/criteria/check.ts';
import { evaluateCriteria } from '../../triggers/criteria/evaluate.ts';
import type { Criteria } from '../../triggers/types.ts';

const names = fc.constantFrom('a', 'b', 'c', 'name', 'value', '0', '1', '__proto__', 'constructor', 'length');
const paths = fc.array(names, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.'));
const scalars = fc.oneof(
  fc.constantFrom('', '21', '21.0', 'true', 'Auto: x', '2026-01-31', '1899-12-30T00:00:00', 'a\0b', '\ud800'),
  fc.constantFrom(0, 1, 21, 21.5, -1),
  fc.boolean(),
  fc.string({ maxLength: 8 }),
);
const dates = fc.constantFrom('2026-01-31', '2026-01-31T08:00:00', '1999-12-31T23:59:59.999Z');

const predicates: fc.Arbitrary<Criteria> = fc
  .record(
    {
      equals: scalars,
      notEquals: scalars,
      in: fc.array(scalars, { minLength: 1, maxLength: 3 }),
      notIn: fc.array(scalars, { minLength: 1, maxLength: 3 }),
      contains: scalars,
      startsWith: fc.string({ maxLength: 3 }),
      endsWith: fc.string({ maxLength: 3 }),
      matches: fc.constantFrom('^Auto:', '(a+)+$', '(x+x+)+y', '[a-z]{2,5}', '(a|a)*b', '(', '(?=a)'),
      greater: fc.integer({ min: -3, max: 30 }),
      less: fc.integer({ min: -3, max: 30 }),
      before: dates,
      after: dates,
      exists: fc.boolean(),
      ignoreCase: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .chain((operators) => paths.map((field) => ({ ...operators, field })));

const { criteria } = fc.letrec<{ criteria: Criteria }>((tie) => ({
  criteria: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    predicates,
    fc.record({ all: fc.array(tie('criteria'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('criteria'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('criteria') }),
  ),
}));

const { event } = fc.letrec<{ event: unknown }>((tie) => ({
  event: fc.oneof(
    { maxDepth: 5 },
    scalars,
    fc.constant(null),
    fc.array(tie('event'), { maxLength: 3 }),
    fc.dictionary(names, tie('event'), { maxKeys: 5 }),
  ),
}));

const passes = (part: Criteria, of: unknown): boolean => evaluateCriteria(part, of).passes;

describe('criteria', () => {
  it('obey De Morgan', () => {
    fc.assert(
      fc.property(fc.array(criteria, { minLength: 1, maxLength: 4 }), event, (parts, of) => {
        const negated = parts.map((not) => ({ not }));
        expect(passes({ not: { all: parts } }, of)).toBe(passes({ any: negated }, of));
        expect(passes({ not: { any: parts } }, of)).toBe(passes({ all: negated }, of));
      }),
    );
  });

  it('mean with two nots what they mean with none', () => {
    fc.assert(
      fc.property(criteria, event, (part, of) => {
        expect(passes({ not: { not: part } }, of)).toBe(passes(part, of));
        expect(passes({ not: part }, of)).toBe(!passes(part, of));
      }),
    );
  });

  it('are the same alone in a group, twice in it, and in another order', () => {
    fc.assert(
      fc.property(criteria, criteria, event, (one, two, of) => {
        for (const group of ['all', 'any'] as const) {
          const grouped = (...parts: Criteria[]): boolean =>
            passes({ [group]: parts } as unknown as Criteria, of);
          expect(grouped(one)).toBe(passes(one, of));
          expect(grouped(one, one)).toBe(passes(one, of));
          expect(grouped(one, two)).toBe(grouped(two, one));
        }
        expect(passes({ all: [] }, of)).toBe(true);
        expect(passes({ any: [] }, of)).toBe(false);
      }),
    );
  });

  it('with several operators on a field mean all of them', () => {
    fc.assert(
      fc.property(predicates, event, (predicate, of) => {
        const { field, ignoreCase, ...operators } = predicate as Record<string, unknown>;
        const single = Object.entries(operators).map(([name, operand]) => ({
          field,
          ignoreCase,
          [name]: operand,
        }));
        expect(passes(predicate, of)).toBe(passes({ all: single as unknown as Criteria[] }, of));
      }),
    );
  });

  it('say why exactly when an event fails, and list every predicate, small and storable', () => {
    fc.assert(
      fc.property(criteria, event, (part, of) => {
        const outcome = evaluateCriteria(part, of);
        expect(outcome.reason === null).toBe(outcome.passes);
        const text = JSON.stringify(outcome);
        expect(text).not.toMatch(/\\u0000|\\ud[89ab]/);
        for (const { found } of outcome.predicates) expect(JSON.stringify(found).length).toBeLessThan(1_500);
      }),
    );
  });

  it('never throw on any value at all', () => {
    fc.assert(
      fc.property(criteria, fc.anything({ withBigInt: true, withMap: true, withDate: true }), (part, of) => {
        expect(() => evaluateCriteria(part, of)).not.toThrow();
      }),
    );
  });

  it('are checked without throwing, and what the check accepts is evaluated without throwing', () => {
    const schema = {
      type: 'object',
      properties: { a: {}, b: { type: 'string' }, c: { type: ['array', 'null'] } },
    };
    fc.assert(
      fc.property(fc.oneof(criteria, fc.anything()), event, (part, of) => {
        const problems = checkCriteria(part, schema);
        if (problems.length > 0) return;
        expect(() => evaluateCriteria(part as Criteria, of)).not.toThrow();
      }),
    );
  });
});

describe('time and depth', () => {
  it.each(['(a+)+$', '(a|aa)+$', '(x+x+)+y', '(.*a){20}', '(a?){50}a{50}', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    // A matcher that goes back and tries again would not come to an end.
    'the pattern %s is held against 200,000 letters',
    (matches) => {
      expect(checkCriteria({ field: 'text', matches }, { type: 'object' })).toEqual([]);
      const text = `${'a'.repeat(200_000)}!`;
      expect(evaluateCriteria({ field: 'text', matches }, { text }).predicates).toHaveLength(1);
    },
  );

  it('an event a hundred thousand levels deep is no danger', () => {
    let list: unknown = 'bottom';
    let object: unknown = 'bottom';
    for (let level = 0; level < 100_000; level += 1) {
      list = [list];
      object = { a: object };
    }
    expect(evaluateCriteria({ field: 'list', equals: 'bottom' }, { list }).passes).toBe(true);
    const { predicates } = evaluateCriteria({ field: 'object.a.a', exists: true }, { object });
    expect(predicates[0]).toEqual({ predicate: 'object.a.a exists', passes: true, found: '{ a }' });
  });

  it('a list of a hundred thousand is read once', () => {
    let read = 0;
    const list = Array.from({ length: 100_000 }, (_, id) => ({
      id,
      get tags() {
        read += 1;
        return [{ text: `t${id}` }];
      },
    }));
    const criteria: Criteria = { field: 'list.tags.text', equals: 't99999' };
    expect(evaluateCriteria(criteria, { list }).passes).toBe(true);
    expect(read).toBeLessThanOrEqual(300_000);
  });
});
