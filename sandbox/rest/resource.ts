import type { Area } from '../auth/scopes.ts';
import type { Reply } from '../http/reply.ts';
import type { Settings } from '../settings.ts';
import type { FieldTypes } from './convert.ts';
import type { Filter } from './filters.ts';
import type { Query } from './query.ts';
import type { Refusal } from './refusal.ts';
import type { Database, Row, TableOptions } from './table.ts';

/** What an event is about, by the names that payloads have for it; what it happened to comes first. */
export type EventRecords = Readonly<Record<string, Row>>;

/** What the rules of a resource may see and do. */
export interface Context {
  readonly db: Database;
  readonly settings: Settings;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The agent that the caller acts as. */
  readonly agentId: number;
  /** What the next record gets as its id, where that is not the next number: one whose creation took long. */
  readonly newId?: number;
  /** Delivers an event (rest/events.ts) once the request is done. */
  fire(event: number, records: EventRecords): void;
}

/** A property that is not stored but found when the record is shown, such as `client_name`. */
export type Computed = (row: Row, context: Context) => unknown;

/** A property, or one of several, without which a record is not created, and how its absence is answered. */
export interface Need {
  readonly anyOf: readonly string[];
  readonly refusal: Refusal;
}

export interface ListRules {
  /** The key of the rows in the envelope; null for a bare array. */
  readonly items: string | null;
  /** A bare array that becomes `{ record_count, results }` under `pageinate=true` (agents). */
  readonly resultsWhenPaged?: boolean;
  /** `count`: only `count=N` is honoured; `none`: always everything. */
  readonly paging: 'paged' | 'count' | 'none';
  /** Properties of the thin rows of lists; left out: the whole record. */
  readonly fields?: readonly string[];
  /** Properties added to the rows when a parameter is true. */
  readonly onRequest?: Readonly<Record<string, readonly string[]>>;
  /** Properties that lists show with a fixed value. */
  readonly constants?: Readonly<Record<string, unknown>>;
  readonly filters?: readonly Filter[];
  /** Properties that `search` looks through. */
  readonly search?: readonly string[];
  readonly order?: { readonly field: string; readonly descending: boolean };
  /** The property and parameters that hide rows by default. */
  readonly hidden?: { readonly field: string; readonly include: string; readonly active: string };
  /** Properties of the envelope beside the rows. */
  readonly envelope?: (query: Query) => Readonly<Record<string, unknown>>;
}

export interface WriteRules {
  readonly types?: FieldTypes;
  readonly needs?: readonly Need[];
  /** A property whose value only one record may have (of those with the same `within`). */
  readonly unique?: { readonly field: string; readonly within?: string };
  /** Arrays of `{ id, value }` whose elements are merged and not replaced. */
  readonly mergedArrays?: readonly string[];
  readonly defaults?: (input: Row, context: Context) => Row;
  /** Last word on what is stored; `before` is null on a create. Throws a Refusal. */
  readonly finish?: (after: Row, before: Row | null, input: Row, context: Context) => Row;
  /** Side effects, once the record is stored. */
  readonly after?: (after: Row, before: Row | null, input: Row, context: Context) => void;
}

interface DeleteRules {
  readonly soft?: boolean;
  /** Throws a Refusal when the record must stay. */
  readonly check?: (row: Row, context: Context) => void;
  readonly after?: (row: Row, context: Context) => void;
}

/** A request on its way to a handler of its own. */
interface SpecialRequest {
  readonly query: Query;
  readonly id: string;
  readonly body: string;
  readonly context: Context;
}

/** One resource of Halo's API. */
export interface Resource {
  /** The path below `/api`, as Halo spells it. */
  readonly route: string;
  readonly area: Area;
  /** The table it shows; several resources may share one (tickets, projects, opportunities). */
  readonly table: string;
  readonly tableOptions?: TableOptions;
  /** Status for a single record asked for by something that is no GUID; left out: ids are integers. */
  readonly guid?: 400 | 404;
  readonly list: ListRules;
  readonly computed?: Readonly<Record<string, Computed>>;
  /** Null: cannot be written over the API. */
  readonly write: WriteRules | null;
  readonly remove: DeleteRules | null;
  /** Whether the application's agent may see a record; left out: all of them. */
  readonly sees?: (row: Row, context: Context) => boolean;
  /** Finds one record where the id alone does not tell which (actions count per ticket). */
  readonly locate?: (id: string, query: Query, context: Context) => Row | undefined;
  /** Properties that only single records show. */
  readonly details?: (row: Row, query: Query, context: Context) => Row;
  /** Handlers for what does not fit, by method and the rest of the path: `POST object`, `GET me`, `GET {id}`, `POST`. Null hands the request back. */
  readonly special?: Readonly<Record<string, (request: SpecialRequest) => Reply | null>>;
}
