/** Parts of the API for tests that do not ask them. */
import type { Control } from '../../api/control/types.ts';
import { files } from '../../cli/files.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('no Halo is asked here'));

export const noHalo: Control['halo'] = { call: refuse, authenticate: refuse, callWith: refuse };

/** What it takes for an address is that address. */
export const unasked: Pick<Control, 'connector' | 'files'> = {
  connector: { normaliseServer: (pasted) => pasted, isOwnNetwork: () => false, check: refuse },
  files,
};
