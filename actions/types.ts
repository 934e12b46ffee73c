/** The shape of an action: one operation of Halo's API, declared as data. */

/** A JSON Schema (draft-07) document or part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export type Method = 'GET' | 'POST' | 'DELETE';

/** What a call may do to Halo's data; every GET is a read. */
export type Effect = 'read' | 'create' | 'update' | 'upsert' | 'delete';

/** A required field, or alternatives of which at least one must be given. */
export type Need = string | readonly string[];

export interface Action {
  /** `<resource>.<verb>`: activity type, call, fixture, command line name and docs page at once. */
  readonly id: string;
  /** The title on the Rewst page where it has one. */
  readonly title: string;
  readonly description?: string;
  /** `*` only for the generic request, whose input names the method. */
  readonly method: Method | '*';
  /** Below `/api`, with `{name}` for path parameters, e.g. `/Tickets/{id}`. `*` for the generic request. */
  readonly path: string;
  readonly effect: Effect;
  /** Set on `create` and `update`: the upsert they are derived from. */
  readonly derivedFrom?: string;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  /** Lists: the key of the rows in Halo's envelope, or `true` for a bare array. */
  readonly items?: string | true;
  /** Lists: Halo honours `pageinate`, `page_no` and `page_size` here. */
  readonly paged?: boolean;
  /** Query parameters always sent unless the input names them, e.g. `domain=prjs`. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Names of input properties that go into the query although the action has a body (e.g. `returnall`). */
  readonly queryInput?: readonly string[];
  /** Body properties always sent, whatever the input says (report preview). */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Required of a record that has no id, checked before the call. */
  readonly createNeeds?: readonly Need[];
  /** Required of the input beyond the schema's `required`, alternatives allowed (lists that must be narrowed). */
  readonly needs?: readonly Need[];
  /** A field that Halo stores and returns and people do not see, for the write ledger (design: "stamp"). */
  readonly stamp?: string;
  /** The reply is a file, answered as `{ filename, content_type, size, data_base64 }`. */
  readonly download?: boolean;
  /** Dot path of the result inside the reply, tried in order, e.g. `['report', '']` for report previews. */
  readonly unwrap?: readonly string[];
  /** Key (inside the unwrapped reply) whose non-empty text means failure although Halo answered 200. */
  readonly errorKey?: string;
}
