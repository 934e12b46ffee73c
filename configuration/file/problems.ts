/** What is wrong with a configuration file, all of it, each with its place. */
import { ConfigurationError } from '../../errors.ts';

export interface Problem {
  /** `my.yaml:12:5`; without line and column where the file says nothing about it. */
  readonly place: string;
  /** Names the key and the remedy; never a value from the environment. */
  readonly message: string;
}

const byPlace = new Intl.Collator('en', { numeric: true });

/** The one error for all problems, in the order of the file; `details.problems` has them for machines. */
export function problemsError(file: string, found: readonly Problem[]): ConfigurationError {
  const problems = found.toSorted((a, b) => byPlace.compare(a.place, b.place));
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const lines = problems.map(({ place, message }) => `  ${place}: ${message}`);
  return new ConfigurationError(`${file} has ${count}; nothing was changed.\n${lines.join('\n')}`, {
    details: { problems },
  });
}
