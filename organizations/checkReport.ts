/** What is found out about a connection: each step with what was seen, and what to do about it. */

type Verdict = 'pass' | 'warn' | 'fail';

/** The steps in their order. */
export const STEPS = [
  'enabled',
  'name resolution',
  'TLS',
  'discovery',
  'token',
  'scopes',
  'agent',
  'teams',
  'customers',
  'read tickets',
  'write tickets',
  'stamp',
  'clock',
  'rate limit',
] as const;

export type StepName = (typeof STEPS)[number];

export interface CheckStep {
  readonly step: StepName;
  readonly verdict: Verdict;
  readonly seen: string;
  /** What to do; null where there is nothing to do. */
  readonly remedy: string | null;
}

/** A scope to tick in Halo, and what needs it. */
interface NeededScope {
  readonly scope: string;
  /** Null: Halo did not say which scopes it granted. */
  readonly granted: boolean | null;
  readonly because: readonly string[];
}

/** The least that the connection's application and agent need for what haloflow does with it. */
export interface Needs {
  readonly scopes: readonly NeededScope[];
  /** Of the agent behind the application, in words. */
  readonly rights: readonly string[];
  /** Enabled triggers whose runs use the connection, with their workflows. */
  readonly triggers: readonly { readonly trigger: string; readonly workflow: string }[];
  /** What of the workflows cannot be seen without running them. */
  readonly unseen: readonly string[];
}

export interface CheckReport {
  readonly connection: string;
  readonly organization: string;
  readonly host: string;
  /** Whether no step failed. */
  readonly ok: boolean;
  readonly steps: readonly CheckStep[];
  /** Steps that could not be taken, because one before them failed. */
  readonly skipped: readonly StepName[];
  readonly needs: Needs;
}
