/** The shape of a trigger type: what starts runs, declared as data. */
import type { JsonSchema } from '../../actions/types.ts';
import type { Trigger, TriggerType } from '../types.ts';

type Parameters = Trigger['parameters'];

/** What is wrong with parameters that are each of the right type and range. */
export interface ParameterProblem {
  /** From `parameters` on, as in `['events', 0]`; empty for all of them. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export interface TriggerDeclaration {
  readonly type: TriggerType;
  readonly title: string;
  /** A sentence or two for whoever chooses a type. */
  readonly description: string;
  /** Where its events come from: a feed, a hand, a schedule, our URL, Halo's webhook, the end of another run. */
  readonly source: 'feed' | 'manual' | 'schedule' | 'webhook' | 'halo' | 'run';
  /** JSON Schema of `parameters`: closed, every property described, `default` where it may be left out. */
  readonly parameters: JsonSchema;
  /** What the schema cannot say; called with complete parameters of the right types. */
  readonly check?: (parameters: Parameters) => readonly ParameterProblem[];
  /** Other spellings of a parameter's values, brought to one; called after `check` found nothing. */
  readonly normalise?: (parameters: Parameters) => Parameters;
  /** JSON Schema of what the workflow gets as `event`, for a trigger with these parameters; criteria are typed against it. */
  readonly event: (parameters: Parameters) => JsonSchema;
}
