/** A mistake in criteria, with its place. */

export type Place = readonly (string | number)[];

export interface CriteriaProblem {
  /** Keys and positions from the top of the criteria: `['all', 0, 'field']`. */
  readonly path: Place;
  readonly message: string;
}
