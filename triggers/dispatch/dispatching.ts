/** What a dispatch works with, and the triggers whose rows it takes. */
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import { sharerIn } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Store } from '../../store/store.ts';
import type { HaloPort } from '../haloPort.ts';
import type { TriggerReader } from '../registry.ts';
import type { Starter } from '../start.ts';
import type { Trigger } from '../types.ts';

export interface Dispatching {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly halo: HaloPort;
  readonly starter: Starter;
  /** The workflows that there are; left out, every name is taken for one. */
  readonly workflows?: ReadonlySet<string>;
}

/** What a claim has to know of the triggers. */
interface Claimable {
  readonly batchTriggers: readonly string[];
  readonly sharerOf: (trigger: string) => readonly string[];
}

export async function readTriggers(parts: Dispatching): Promise<Claimable> {
  const { configuration, triggers } = await current(parts);
  return {
    batchTriggers: triggers.filter(({ parameters }) => parameters['deliver'] === 'batch').map(({ id }) => id),
    // Rows of triggers that were deleted take turns together.
    sharerOf: (id) => sharerIn(configuration, triggers, id) ?? ['', `/${id}`],
  };
}

interface Now {
  readonly configuration: Configuration;
  readonly triggers: readonly Trigger[];
}

/** The configuration and its triggers, of one version. */
export async function current({ configuration: reader, triggers }: Dispatching): Promise<Now> {
  const configuration = await reader.current();
  return { configuration, triggers: await triggers.at(configuration.version) };
}
