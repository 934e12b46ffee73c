import { randomUUID } from 'node:crypto';

/** Marks a record that was deleted softly; only lists that ask for deleted records show it. */
export const DELETED: unique symbol = Symbol('deleted');
/** When the record was last changed, in milliseconds. */
export const CHANGED: unique symbol = Symbol('changed');
/** The contact that stands for a site as a whole. */
export const GENERAL_USER: unique symbol = Symbol('general user');
/** The content of an attachment. Symbols keep these out of every JSON reply. */
export const BYTES: unique symbol = Symbol('bytes');

/** One record as Halo stores it. Rows are never changed in place: a change puts a new row. */
export interface Row {
  readonly [field: string]: unknown;
  readonly [DELETED]?: boolean;
  readonly [CHANGED]?: number;
  readonly [GENERAL_USER]?: boolean;
  readonly [BYTES]?: Buffer;
}

export interface TableOptions {
  readonly key?: (row: Row) => string;
  /** How the next id is made: counted up, counted down (recurring invoices) or a GUID. */
  readonly ids?: 'up' | 'down' | 'guid';
}

export class Table {
  readonly key: (row: Row) => string;
  private readonly ids: 'up' | 'down' | 'guid';
  private readonly byKey = new Map<string, Row>();
  private rows: readonly Row[] | null = null;
  private last = 0;
  /** Set by the database while a request can still be undone. */
  undo: (() => void)[] | null = null;

  constructor(options: TableOptions = {}) {
    this.key = options.key ?? ((row) => String(row['id']).toLowerCase());
    this.ids = options.ids ?? 'up';
  }

  /** All rows in the order of their creation, softly deleted ones too. */
  all(): readonly Row[] {
    return (this.rows ??= [...this.byKey.values()]);
  }

  get(key: unknown): Row | undefined {
    return this.byKey.get(String(key).toLowerCase());
  }

  put(row: Row): Row {
    const key = this.key(row);
    const before = this.byKey.get(key);
    this.undo?.push(() => this.restore(key, before));
    this.restore(key, row);
    const id = row['id'];
    if (typeof id === 'number' && Math.abs(id) > Math.abs(this.last)) this.last = id;
    return row;
  }

  remove(row: Row): void {
    const key = this.key(row);
    const before = this.byKey.get(key);
    this.undo?.push(() => this.restore(key, before));
    this.restore(key, undefined);
  }

  nextId(): number | string {
    if (this.ids === 'guid') return randomUUID();
    return this.ids === 'up' ? this.last + 1 : this.last - 1;
  }

  /** A copy of the rows that does not change with this table. */
  copy(): Table {
    const table = new Table({ key: this.key, ids: this.ids });
    for (const row of this.all()) table.put(row);
    table.last = this.last;
    return table;
  }

  private restore(key: string, row: Row | undefined): void {
    if (row === undefined) this.byKey.delete(key);
    else this.byKey.set(key, row);
    this.rows = null;
  }
}

/** The tables of one tenant by name. */
export class Database {
  private readonly tables = new Map<string, Table>();

  define(name: string, options: TableOptions = {}): Table {
    const table = new Table(options);
    this.tables.set(name, table);
    return table;
  }

  table(name: string): Table {
    return this.tables.get(name) ?? this.define(name);
  }

  /** A copy of the current state, as a backup. */
  copy(): Database {
    const database = new Database();
    for (const [name, table] of this.tables) database.tables.set(name, table.copy());
    return database;
  }

  /** Runs a change; when it throws and `keep` is false, everything it did is taken back. */
  change<T>(keep: boolean, body: () => T): T {
    const undo: (() => void)[] = [];
    const record = (list: (() => void)[] | null): void => {
      for (const table of this.tables.values()) table.undo = list;
    };
    record(undo);
    try {
      return body();
    } catch (error) {
      if (!keep) for (const step of undo.toReversed()) step();
      throw error;
    } finally {
      record(null);
    }
  }
}
