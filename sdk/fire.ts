/** Starting other workflows by their triggers. */
import { call } from './call.ts';
import { ACTIVITIES } from './known.ts';

export interface FireOptions {
  /** For whom, of those that the trigger runs for; left out, for each of them. */
  readonly organization?: string;
}

export interface FiredEvent {
  /** Its number in `haloflow events list`, which says what became of it. */
  readonly event: number;
}

export const triggers = {
  /**
   * Fires a trigger of type `always-pass`, owned by the run's own organization or one below it. Its event is certain to
   * be there when this returns, once, however often the call is tried; `haloflow start` decides it and starts its runs,
   * and nobody waits for them. `record` is what they get as `event`; default `{}`.
   *
   * @throws ActivityFailure, whose cause has the type `ConfigurationError` for a trigger that is unknown, disabled, of
   * another type or another's, for an organization that is not at or below the trigger's owner, and where ten runs have
   * started one another before this one; `SchemaError` for a record that is no object or over 2 MB.
   */
  fire: (
    id: string,
    record: Readonly<Record<string, unknown>> = {},
    { organization }: FireOptions = {},
  ): Promise<FiredEvent> => call(ACTIVITIES.fire, { trigger: id, record, organization }),
};
