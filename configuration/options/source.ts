import type { UnsealedConnection } from '../../organizations/types.ts';
import type { HaloOption, Lookup } from './kinds.ts';

/**
 * Reads what names stand for on a connection: the file's own, or null for one that only the database has. `isFresh`: Halo
 * is to be asked now.
 *
 * @throws the classes of errors.ts when Halo cannot be asked.
 */
export type OptionsOf = (
  asked: Lookup & {
    /** Of the connection. */
    readonly id: string;
    readonly named: UnsealedConnection | null;
    readonly isFresh: boolean;
  },
) => Promise<readonly HaloOption[]>;
