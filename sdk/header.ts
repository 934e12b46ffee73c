/** What travels with a run: set by whoever starts it, inherited by its children, read by workflows and activities. */

/** Name of the Temporal header; its payload is a {@link RunHeader} as JSON. Plain text in Temporal: no secret may enter. */
export const RUN_HEADER = 'haloflow-run';

export interface RunHeader {
  /** Id of the run's row; the authority on everything below. */
  readonly run: string;
  /** For whom the run works. */
  readonly organization: string;
  /** Whose authority its overrides spend: the organization itself or one above it. */
  readonly owner: string;
  /** The trigger that started it, or null. */
  readonly trigger: string | null;
  /** Halo's client id of the organization on the connection that the run uses by default, or null. */
  readonly client: number | null;
}
