import type { UnsealedConnection } from '../../organizations/types.ts';
import type { HaloOption, OptionKind } from './kinds.ts';

/**
 * Reads the options of a connection: the file's own, or null for one that only the database has. `isFresh`: Halo is to be
 * asked now.
 *
 * @throws the classes of errors.ts when Halo cannot be asked.
 */
export type OptionsOf = (asked: {
  readonly id: string;
  readonly named: UnsealedConnection | null;
  readonly kind: OptionKind;
  readonly isFresh: boolean;
}) => Promise<readonly HaloOption[]>;
