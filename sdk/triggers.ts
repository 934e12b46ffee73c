/** What a workflow gets as its one argument when a trigger starts it, and the events of each type of trigger. */
import type { Action, Client, Invoice, Site, Ticket, User } from '../actions/generated/records.ts';

/** For whom a run works. */
export interface RunOrganization {
  /** Its id in the configuration file. */
  readonly slug: string;
  readonly name: string;
  /** Halo's id of the client that stands for it on the run's connection, or null: not mapped there. */
  readonly client: number | null;
}

/**
 * The argument of a workflow that a trigger starts:
 * `export async function triage({ event, variables }: TriggerInput<NewTicketRecord, { urgentPriority?: number }>)`.
 */
export interface TriggerInput<Event, Variables = Readonly<Record<string, unknown>>> {
  readonly event: Event;
  /** The trigger's, as the configuration file has them; `{}` where it has none. */
  readonly variables: Variables;
  readonly organization: RunOrganization;
}

/** What every event may say: whom it is about, where the run is its owner's (`runAs: owner`). */
interface AboutOrganization {
  /** The organization that is mapped to the record's client; null: none. */
  readonly organization?: string | null;
}

/** `new-ticket-record` with `deliver: each`: one ticket, as `halo.tickets.get` answered it when the event was taken up. */
export interface NewTicketRecord extends AboutOrganization {
  readonly ticket: Ticket;
  /** Set where it is a project or an opportunity, which come only if the trigger asks for them. */
  readonly kind?: 'projects' | 'opportunities';
}

/** `new-ticket-record` with `deliver: batch`: the new tickets of one poll and one organization. */
export interface NewTicketRecordBatch extends AboutOrganization {
  readonly record_count: number;
  readonly tickets: readonly Ticket[];
}

/** `always-pass`: whatever record the run was started with. */
export type Manual = Readonly<Record<string, unknown>>;

/** `cron`. Times are ISO 8601 in UTC. */
export interface CronTick extends AboutOrganization {
  /** When it was due. */
  readonly scheduled_at: string;
  /** When it fired: later by jitter and delays. */
  readonly fired_at: string;
}

/** `webhook`: one delivery. `Body` is what the sender sends; nobody has checked it. */
export interface WebhookDelivery<Body = unknown> extends AboutOrganization {
  readonly method: string;
  /** By lower-case name, without those that hold credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** JSON as it was sent, or the fields of a form. */
  readonly body: Body;
}

/** What Halo sends of a record: as much of it as the webhook's payload has. */
type Sent<Record> = { readonly [Key in keyof Record]?: Record[Key] };

/** A ticket as Halo sends it; payloads made from a template nest what the API has as ids and names. */
export type SentTicket = Sent<Ticket> & {
  readonly status?: { readonly id?: number; readonly name?: string; readonly shortname?: string } | null;
  readonly priority?: { readonly id?: number; readonly name?: string } | null;
  readonly tickettype?: { readonly id?: number; readonly name?: string } | null;
  readonly agent?: { readonly id?: number; readonly name?: string } | null;
};

/** `halo-event`: one of Halo's outbound events. What it happened to stands under its own name; read the rest by id. */
export interface HaloEvent extends AboutOrganization {
  /** `Ticket Changed`, `Invoice created`, …: as docs/configuration.md lists them. */
  readonly event: string;
  readonly object_id: number | null;
  /** As Halo sent it. */
  readonly timestamp: string | null;
  /** Halo's id of the delivery. */
  readonly delivery: string | null;
  readonly ticket?: SentTicket;
  readonly action?: Sent<Action>;
  readonly client?: Sent<Client>;
  readonly site?: Sent<Site>;
  readonly user?: Sent<User>;
  readonly invoice?: Sent<Invoice>;
}

/** `workflow-completed`: a run that has ended. `Result` is what its workflow returns. */
export interface WorkflowCompleted<Result = unknown> extends AboutOrganization {
  readonly run: {
    readonly id: string;
    readonly workflow: string;
    readonly organization: string;
    /** The trigger that started it; null: by hand. */
    readonly trigger: string | null;
    readonly status: 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out';
    /** ISO 8601, UTC. */
    readonly started_at: string;
    readonly closed_at: string;
    /** Why it failed; null where it did not. */
    readonly error: { readonly type: string | null; readonly message: string } | null;
  };
  /** Null where it did not complete. */
  readonly result: Result | null;
}
