/** Whether an event passes criteria, and which predicate decided. */
import type { RE2JS } from 're2js';
import type { Criteria } from '../types.ts';
import { compilePattern, operators } from './operators.ts';
import { valuesAt } from './path.ts';
import { inWords, negated, showFound } from './words.ts';

interface PredicateOutcome {
  /** In words: `ticket.tickettype_id in [1, 4]`. */
  readonly predicate: string;
  readonly passes: boolean;
  /** The value it looked at, cut short; null where there was none; the first few of a list. */
  readonly found: unknown;
}

export interface CriteriaOutcome {
  readonly passes: boolean;
  /** The predicate that decided, in words; null when the event passes. */
  readonly reason: string | null;
  /** Every predicate, in the order of the criteria, whether it decided or not. */
  readonly predicates: readonly PredicateOutcome[];
}

/** What became of a part of the criteria, and the words for what decided it. */
interface Judgement {
  readonly passes: boolean;
  readonly decided: string;
}

/**
 * Criteria that `checkCriteria` accepts never throw here, in time linear in the event's size. Without criteria
 * everything passes. On a field that is missing or null every predicate fails but `exists: false`.
 */
export function evaluateCriteria(criteria: Criteria | null, event: unknown): CriteriaOutcome {
  if (criteria === null) return { passes: true, reason: null, predicates: [] };
  const predicates: PredicateOutcome[] = [];
  const { passes, decided } = judge(criteria, event, (outcome) => predicates.push(outcome));
  return { passes, reason: passes ? null : decided, predicates };
}

function judge(criteria: Criteria, event: unknown, note: (outcome: PredicateOutcome) => void): Judgement {
  if ('field' in criteria) {
    const outcome = judgePredicate(criteria, event);
    note(outcome);
    return { passes: outcome.passes, decided: outcome.predicate };
  }
  if ('not' in criteria) {
    const { passes, decided } = judge(criteria.not, event, note);
    return { passes: !passes, decided: negated(decided) };
  }
  const parts = 'all' in criteria ? criteria.all : criteria.any;
  // One part that fails decides `all`, one that passes decides `any`; otherwise the whole does.
  const deciding = 'any' in criteria;
  const judgements = parts.map((part) => judge(part, event, note));
  const one = judgements.find(({ passes }) => passes === deciding);
  return one ?? { passes: !deciding, decided: inWords(criteria) };
}

type Predicate = Extract<Criteria, { readonly field: string }>;

function judgePredicate(predicate: Predicate, event: unknown): PredicateOutcome {
  const { field, ignoreCase, ...operands } = predicate as Readonly<Record<string, unknown>>;
  const values = typeof field === 'string' ? valuesAt(event, field) : [];
  const passes = Object.entries(operands).every(([name, operand]) => {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (!operator || (values.length === 0 && name !== 'exists')) return false;
    return operator.passes(values, {
      operand,
      ignoreCase: ignoreCase === true,
      pattern: () => patternOf(predicate, operand, ignoreCase === true),
    });
  });
  return { predicate: inWords(predicate), passes, found: showFound(values) };
}

/** Criteria are read once per version of the configuration and evaluated for every event since. */
const compiled = new WeakMap<Predicate, RE2JS | null>();

function patternOf(predicate: Predicate, source: unknown, ignoreCase: boolean): RE2JS | null {
  const known = compiled.get(predicate);
  if (known !== undefined) return known;
  const pattern = tryToCompile(source, ignoreCase);
  compiled.set(predicate, pattern);
  return pattern;
}

function tryToCompile(source: unknown, ignoreCase: boolean): RE2JS | null {
  if (typeof source !== 'string') return null;
  try {
    return compilePattern(source, ignoreCase);
  } catch {
    return null;
  }
}
