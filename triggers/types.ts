/** The words of triggers, as the rows of `triggers` and `events` hold them. */
import type { RunFor } from '../organizations/runFor.ts';

export type { RunFor };
import type { Overrides } from '../organizations/types.ts';
import type { events } from '../store/schema/events.ts';
import type { feeds } from '../store/schema/triggers.ts';

/** The types of triggers; each is declared in triggers/catalogue/. */
export type TriggerType =
  'new-ticket-record' | 'always-pass' | 'cron' | 'webhook' | 'halo-event' | 'workflow-completed';

/** What a feed reads on its connection. */
export type FeedKind = (typeof feeds.$inferSelect)['kind'];

/** A condition on events: a predicate on a dot path, or all, any, none of others. Checked by triggers/criteria. */
export type Criteria =
  | { readonly all: readonly Criteria[] }
  | { readonly any: readonly Criteria[] }
  | { readonly not: Criteria }
  | ({ readonly field: string } & Readonly<Record<string, unknown>>);

/** A trigger as its row has it. */
export interface Trigger {
  readonly id: string;
  /** The owner. */
  readonly organization: string;
  readonly type: TriggerType;
  /** Null: the owner's default connection. */
  readonly connection: string | null;
  readonly workflow: string;
  readonly runAs: 'client' | 'owner';
  readonly runFor: RunFor;
  readonly overrides: Overrides;
  readonly criteria: Criteria | null;
  /** Complete: defaults are put in when the row is written. Shapes: the declarations in triggers/catalogue. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly enabledAt: Date;
  /** Of its URL. */
  readonly sealedSecret: string | null;
}

export type EventSource = (typeof events.$inferSelect)['source'];
export type EventStatus = (typeof events.$inferSelect)['status'];
export type EventRow = typeof events.$inferSelect;

/** Parameters of `new-ticket-record`, defaults put in. */
export interface NewTicketRecordParameters {
  readonly everySeconds: number;
  readonly deliver: 'each' | 'batch';
  /** Halo's webhook as a second source of the same feed. */
  readonly webhook: boolean;
  readonly includeOwn: boolean;
  readonly projects: boolean;
  readonly opportunities: boolean;
}

/** Parameters of `cron`, defaults put in: exactly one of the first two is not null. */
export interface CronParameters {
  /** Five fields, six with seconds first, or `@daily` and the like. */
  readonly expression: string | null;
  readonly everySeconds: number | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly jitterSeconds: number;
  /** What becomes of a time that comes while a run of the time before is under way; Temporal's policies. */
  readonly overlap: 'skip' | 'buffer-one' | 'buffer-all' | 'cancel-other' | 'terminate-other' | 'allow-all';
  readonly catchUpSeconds: number;
}

/** Parameters of `webhook`, defaults put in. */
export interface WebhookParameters {
  /** Answer with the workflow's result. */
  readonly wait: boolean;
  readonly waitSeconds: number;
  readonly maxBodyBytes: number;
  /** Where the sender's key of a delivery is found: the first of the headers that is there, else the path in the body. */
  readonly deliveryKey: {
    /** Lower case. */
    readonly headers: readonly string[];
    /** Dot path. */
    readonly body: string | null;
  };
}

/** Parameters of `halo-event`, defaults put in. */
export interface HaloEventParameters {
  /** Names as triggers/catalogue/haloEvents.ts spells them. */
  readonly events: readonly string[];
  readonly includeOwn: boolean;
}

/** Parameters of `workflow-completed`, defaults put in. */
export interface WorkflowCompletedParameters {
  /** Names of the workflows whose runs it follows. */
  readonly workflows: readonly string[];
  readonly outcomes: readonly ('completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out')[];
}
