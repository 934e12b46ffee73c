/** The words of credential resolution: tree, connections, mappings, overrides, decision. */
import type { SaidBy } from '../store/schema/configuration.ts';

export type OverrideUse = 'default' | 'mapping' | 'connection' | 'name';

/** "Use this connection instead", set on a trigger or on one call. */
export interface Override {
  readonly use: OverrideUse;
  /** With `use: 'connection'`: its id. */
  readonly connection?: string;
  /** With `use: 'name'`: part of the name of a connection of the owner. */
  readonly name?: string;
  /** When the choice finds nothing: fail (default), or the owner's default connection. */
  readonly fallback?: 'fail' | 'default';
}

/** The form overrides have in YAML and in a run's row. */
export interface Overrides {
  readonly halo?: Override;
}

export interface Organization {
  readonly slug: string;
  readonly name: string;
  readonly parent: string | null;
  readonly tags: readonly string[];
  readonly enabled: boolean;
  /** Of its e-mail and website: what may tell which Halo client it is. */
  readonly domain?: string | null;
  /** How many days its runs are kept; null or none: as of the organization above. */
  readonly retentionDays?: number | null;
  /** The fewest days that tokens for it may set on organizations below it; null or missing: its own retention. */
  readonly minRetentionDays?: number | null;
  /** How many organizations may be below it when tokens create them; null or missing: the default. */
  readonly maxOrganizations?: number | null;
  /** Which organization's token set which field; a missing field was set for the whole installation. */
  readonly saidBy?: SaidBy;
}

export interface Connection {
  readonly id: string;
  readonly organization: string;
  readonly isDefault: boolean;
  /** While it is false nothing is asked of its Halo for runs and triggers. */
  readonly enabled: boolean;
  /** Base URL without `/api`. */
  readonly resourceServer: string;
  readonly authServer: string | null;
  readonly tenant: string | null;
  readonly onPremise: boolean;
  readonly clientId: string;
  /** Sealed with the store's key; unsealed only where a token is asked for. */
  readonly sealedSecret: string;
  readonly scope: string;
  readonly rateRequests: number;
  readonly ratePerSeconds: number;
  /** Whether its Halo has answered a request with its token; until then its rate limit counts only for itself. */
  readonly isAccepted?: boolean;
  /** How long a write whose reply is lost is waited for before it is looked for in Halo; null or none: the default. */
  readonly writeSettleSeconds?: number | null;
  /** The organization that stands for clients without a mapping; null or none: nobody does. */
  readonly catchAll?: string | null;
}

/** One that is not stored, or not yet: its secret in clear. */
export type UnsealedConnection = Omit<Connection, 'sealedSecret' | 'isDefault' | 'isAccepted'> & {
  readonly secret: string;
};

export interface Mapping {
  readonly connection: string;
  readonly organization: string;
  /** Halo's client id. */
  readonly client: number;
  /** Chosen where an organization is mapped on several connections. */
  readonly use: boolean;
  readonly contact: number | null;
  readonly site: number | null;
}

/** A client of a connection that is no customer to be mapped. */
export interface IgnoredClient {
  readonly connection: string;
  /** Halo's client id. */
  readonly client: number;
  readonly reason: string | null;
}

/** A host that stands for another Halo than its name says, in a tree. */
interface HaloHost {
  /** The root of the tree at the time of the statement. */
  readonly organization: string;
  readonly host: string;
  readonly halo: string;
}

/** A generation of a Halo in a tree, and its first id. */
export interface HaloGeneration {
  readonly organization: string;
  readonly halo: string;
  /** From 2 on. */
  readonly generation: number;
  readonly firstId: number;
  readonly since: Date;
  readonly noticedAt: Date;
}

/** The whole configuration at one version, small enough to hold in memory. */
export interface Configuration {
  readonly version: number;
  readonly organizations: readonly Organization[];
  readonly connections: readonly Connection[];
  readonly mappings: readonly Mapping[];
  /** Missing where no Halo is involved. */
  readonly haloHosts?: readonly HaloHost[];
  readonly haloGenerations?: readonly HaloGeneration[];
}

/** For whom and by whose authority credentials are looked for. */
export interface ResolveRequest {
  /** The running organization. */
  readonly organization: string;
  /** Whose authority the overrides spend: the running organization or one above it. */
  readonly owner: string;
  readonly triggerOverride?: Override | undefined;
  readonly actionOverride?: Override | undefined;
}

export interface Step {
  readonly level: 'action override' | 'trigger override' | 'own default' | 'owner' | 'connection';
  readonly rule: string;
  readonly result: string;
}

export interface Decision {
  readonly connection: Connection;
  /** `own default`, `trigger override: mapping`, `action override: name, fallback: default`, … */
  readonly because: string;
}

/** Every step of a decision and how it ended; `decision` null when there is none. */
export interface Explanation {
  readonly decision: Decision | null;
  readonly steps: readonly Step[];
  /** The message of the ConfigurationError that resolve throws. */
  readonly error: string | null;
}
