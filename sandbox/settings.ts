/** How one tenant behaves; tests change these through `/_control/settings`. */
export interface Settings {
  readonly rateLimit: { readonly requests: number; readonly perSeconds: number };
  /** Whether a 429 carries Retry-After. */
  readonly retryAfter: boolean;
  /** Whether token and discovery requests count in the rate limit. */
  readonly limitAuthRequests: boolean;
  readonly tokenLifetimeSeconds: number;
  /** Client secrets that are taken; none named: the tenant's own. */
  readonly clientSecrets: readonly string[];
  /** The most rows of one page, whatever page_size asks for. */
  readonly pageCap: number;
  /** record_count of a page past the end: 0, or the total. */
  readonly pastEndCount: 'zero' | 'total';
  readonly latencyMs: number;
  /** Added to every list of actions that names no ticket, as the real ones are slow. */
  readonly unfilteredActionsLatencyMs: number;
  /** Scopes of the tenant's API application, separated by spaces. */
  readonly scopes: string;
  /** Areas whose module the agent may not use: 403 on lists and writes, `missingModuleStatus` on single records. */
  readonly missingModules: readonly string[];
  readonly missingModuleStatus: number;
  /** Answer of the token endpoint to a tenant it does not know: 401 or 500. */
  readonly unknownTenantStatus: number;
  /** Whether the application's authentication method is "Client ID and Secret (Services)". */
  readonly clientCredentials: boolean;
  /** The application's secret was right once. */
  readonly secretExpired: boolean;
  /** Names of teams that the application's agent is in no member of. */
  readonly hiddenTeams: readonly string[];
  /** Ids of clients that the application's agent may not use. */
  readonly hiddenClients: readonly number[];
  /** Properties of the application's agent that are other than as seeded, such as `isapiagent`. */
  readonly agent: Readonly<Record<string, unknown>>;
  /** When one element of a POST is refused: keep what the elements before it did. */
  readonly keepEarlierOnBadElement: boolean;
  readonly attachmentCapBytes: number;
  /** Refuse to delete clients, sites and agents that tickets hang on. */
  readonly refuseDeleteInUse: boolean;
  /** Ids in replies as 21, 21.0 or "21". */
  readonly idStyle: 'number' | 'decimal' | 'string';
  /** Properties that writes may have and that are not kept. */
  readonly forgottenFields: readonly string[];
  /** By how much Halo's clock is ahead. */
  readonly clockAheadSeconds: number;
}

export const DEFAULT_SETTINGS: Settings = {
  rateLimit: { requests: 300, perSeconds: 300 },
  retryAfter: true,
  limitAuthRequests: true,
  tokenLifetimeSeconds: 3600,
  clientSecrets: [],
  pageCap: 100,
  pastEndCount: 'zero',
  latencyMs: 0,
  unfilteredActionsLatencyMs: 0,
  scopes: 'all',
  missingModules: [],
  missingModuleStatus: 401,
  unknownTenantStatus: 401,
  clientCredentials: true,
  secretExpired: false,
  hiddenTeams: [],
  hiddenClients: [],
  agent: {},
  keepEarlierOnBadElement: true,
  attachmentCapBytes: 25_000_000,
  refuseDeleteInUse: true,
  idStyle: 'number',
  forgottenFields: [],
  clockAheadSeconds: 0,
};

/** The settings with some of them replaced. Throws for a name that does not exist or a value of another type. */
export function mergeSettings(settings: Settings, changes: unknown): Settings {
  if (typeof changes !== 'object' || changes === null) throw new Error('settings must be an object');
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(DEFAULT_SETTINGS, name)) throw new Error(`there is no setting ${name}`);
    const expected = DEFAULT_SETTINGS[name as keyof Settings];
    if (typeof value !== typeof expected || Array.isArray(value) !== Array.isArray(expected)) {
      throw new Error(`setting ${name} must be like ${JSON.stringify(expected)}`);
    }
  }
  const { rateLimit, ...others } = changes as Partial<Settings>;
  const limit = { ...settings.rateLimit, ...rateLimit };
  if (!(limit.requests >= 0) || !(limit.perSeconds > 0)) {
    throw new Error('setting rateLimit must be { requests, perSeconds } with numbers');
  }
  return { ...settings, ...others, rateLimit: limit };
}
