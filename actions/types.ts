/** The shape of an action: one operation of Halo's API, declared as data. */

/** A JSON Schema (draft-07) document or part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export type Method = 'GET' | 'POST' | 'DELETE';

/** What a call may do to Halo's data; every GET is a read. */
export type Effect = 'read' | 'create' | 'update' | 'upsert' | 'delete';

/** A required field, or alternatives of which at least one must be given. */
export type Need = string | readonly string[];

/**
 * How the write ledger finds out whether a write whose reply was lost has happened: which list to look through, and
 * what of a record speaks for it being the one. An action without it cannot be settled by looking.
 */
export interface Reconcile {
  /** The action that lists such records; with pages, it is read newest id first. */
  readonly list: string;
  /** The action that reads one of them in full, where rows of the list are thin. */
  readonly get?: string;
  /** Input of the list that is always sent. */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Input with which the list shows deleted records, where it can. */
  readonly deleted?: Readonly<Record<string, boolean>>;
  /** Properties of the record that narrow the list, under the same name. */
  readonly by?: readonly string[];
  /** Dates among those, and by how many days they are moved: people move what was just made. */
  readonly around?: Readonly<Record<string, number>>;
  /** Properties of the record that `get` needs beside the id. */
  readonly getBy?: readonly string[];
  /**
   * When the record was made: the first of these that it has and that was not part of what was sent. Without one, or
   * something that cannot be earlier, a record is taken for ours only by its stamp.
   */
  readonly date?: readonly string[];
  /** When the record was last changed. */
  readonly changed?: string;
  /**
   * Who made the record, and whether that is an agent's id or name. `mayDiffer`: that another one is shown proves
   * nothing.
   */
  readonly agent?: { readonly property: string; readonly is: 'id' | 'name'; readonly mayDiffer?: boolean };
  /** What tells records apart at first sight: one that differs here is another record. */
  readonly names: readonly string[];
  /** Properties that carry a file, and the one that says how many bytes it has. */
  readonly sizes?: Readonly<Record<string, string>>;
  /** Properties that Halo takes and does not show again. */
  readonly silent?: readonly string[];
}

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
  /** How a write whose reply was lost is looked for. */
  readonly reconcile?: Reconcile;
  /** What makes up the id of a record, where ids count within something; default `['id']`. */
  readonly identity?: readonly string[];
  /** The property that names the ticket which is written or written to. */
  readonly ticket?: string;
  /** Halo numbers these records unsafely when several are made at once, so creates take turns. */
  readonly oneAtATime?: boolean;
  /** The reply is a file, answered as `{ filename, content_type, size, data_base64 }`. */
  readonly download?: boolean;
  /** Dot path of the result inside the reply, tried in order, e.g. `['report', '']` for report previews. */
  readonly unwrap?: readonly string[];
  /** Key (inside the unwrapped reply) whose non-empty text means failure although Halo answered 200. */
  readonly errorKey?: string;
}
