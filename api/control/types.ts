/** A route of the control plane as data: what serves it, documents it and says who may use it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal, Role } from '../../access/principal.ts';
import type { ConfigurationFile } from '../../configuration/file/scope.ts';
import type { ConfigurationReader } from '../../organizations/configuration.ts';
import type { Connector } from '../../organizations/connector.ts';
import type { Store } from '../../store/store.ts';
import type { HaloAccess } from '../../triggers/haloPort.ts';
import type { TriggerReader } from '../../triggers/registry.ts';
import type { Starter } from '../../triggers/start.ts';

/** What routes work with. */
export interface Control {
  readonly store: Store;
  readonly configuration: ConfigurationReader;
  readonly triggers: TriggerReader;
  readonly halo: HaloAccess;
  readonly connector: Connector;
  /** What a configuration file is held against beside the store. */
  readonly files: Pick<ConfigurationFile, 'normaliseServer' | 'workflowNames' | 'checkWorkflows'>;
  /** Temporal, for what starts or stops runs; throws where there is none. */
  readonly starter: () => Promise<Starter>;
  /** Where runs wait for a worker. */
  readonly taskQueue: string;
}

export type Schema = Readonly<Record<string, unknown>>;

/** Properties of an object by name; all are required but those of `optional`. */
export interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly optional?: readonly string[] | 'all';
}

/** What was asked, checked against the route's schemas. */
export interface Asked<Params, Query, Body> {
  readonly principal: Principal;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Aborted when who asks has gone. */
  readonly signal: AbortSignal;
  /** Aborted when the server closes: a reply without an end has to end then. */
  readonly closing: AbortSignal;
  /** Ends the connection, also where the other side does not take what it is sent. */
  readonly hangUp: () => void;
  /** Names are in lower case. */
  readonly headers: IncomingHttpHeaders;
}

export interface Route<Params = unknown, Query = unknown, Body = unknown> {
  /** `mappings.accept`: its operation id, and what the audit log calls it. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; parameters as `{name}`. */
  readonly path: string;
  readonly role: Role;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  readonly params?: Fields;
  readonly query?: Fields;
  readonly body?: Fields;
  /** A body of more bytes is refused; default 1 MiB. */
  readonly bodyLimit?: number;
  /** The reply's schema. */
  readonly reply: Schema;
  /** The reply's type; default JSON. With another one `handle` answers a stream of text. */
  readonly type?: string;
  /** Of success; default 200. */
  readonly status?: 200 | 201 | 202;
  /** Throws the classes of errors.ts. */
  readonly handle: (control: Control, asked: Asked<Params, Query, Body>) => Promise<unknown>;
}

/** Keeps the types of one declaration together, and forgets them for the table. */
export function route<Params = object, Query = object, Body = object>(
  declared: Route<Params, Query, Body>,
): Route {
  return declared as unknown as Route;
}
