import { NO_DATE } from '../rest/dates.ts';
import { DELETED, type Database, type Row } from '../rest/table.ts';
import { asText } from '../rest/text.ts';
import { parseSelect, SqlError, type Select } from './parse.ts';

interface Source {
  readonly table: string;
  /** Columns as the database spells them, and the property of the record behind each. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Tables of Halo's database that reports may read. Their names differ from the API's. */
const SOURCES: Readonly<Record<string, Source>> = {
  faults: {
    table: 'tickets',
    columns: {
      faultid: 'id',
      symptom: 'summary',
      symptom2: 'details',
      dateoccured: 'dateoccurred',
      datecleared: 'dateclosed',
      status: 'status_id',
      areaint: 'client_id',
      sitenumber: 'site_id',
      userid: 'user_id',
      assignedtoint: 'agent_id',
      requesttypenew: 'tickettype_id',
      seriousness: 'priority_id',
      sectio_: 'team',
      category2: 'category_1',
      flastupdate: 'last_update',
      cleartime: 'timetaken',
    },
  },
  area: {
    table: 'clients',
    columns: { aarea: 'id', aareadesc: 'name', aisinactive: 'inactive', treeid: 'toplevel_id' },
  },
  site: {
    table: 'sites',
    columns: { ssitenum: 'id', sdesc: 'name', sarea: 'client_id', sisinactive: 'inactive' },
  },
  users: {
    table: 'users',
    columns: {
      uid: 'id',
      uusername: 'name',
      uemail: 'emailaddress',
      usite: 'site_id',
      uinactive: 'inactive',
    },
  },
  uname: {
    table: 'agents',
    columns: { unum: 'id', uname: 'name', usmtp: 'email', uisdisabled: 'isdisabled' },
  },
  actions: {
    table: 'actions',
    columns: {
      faultid: 'ticket_id',
      actionnumber: 'id',
      actoutcome: 'outcome',
      note: 'note',
      whe_: 'datetime',
      timetaken: 'timetaken',
      whoagentid: 'who_agentid',
    },
  },
  device: {
    table: 'assets',
    columns: {
      did: 'id',
      dinvno: 'inventory_number',
      dsite: 'site_id',
      dtype: 'assettype_id',
      dinactive: 'inactive',
    },
  },
  tstatus: { table: 'statuses', columns: { tstatus: 'id', tstatusdesc: 'name' } },
  requesttype: { table: 'tickettypes', columns: { rtid: 'id', rtdesc: 'name' } },
};

const ROWS_AT_MOST = 50_000;

export interface Loaded {
  readonly loaded: boolean;
  readonly available_columns: readonly { readonly name: string; readonly data_type: string }[];
  /** Every value is text. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly load_error: string;
}

/** Runs the SQL of a report. A query that fails is an answer too: its text is in `load_error`. */
export function loadReport(sql: string, db: Database): Loaded {
  try {
    return run(parseSelect(sql), db);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { loaded: false, available_columns: [], rows: [], load_error: error.message };
  }
}

function run(select: Select, db: Database): Loaded {
  const source = SOURCES[select.table];
  if (!source) throw new SqlError(`Invalid object name '${select.table}'.`);
  const property = (column: string): string => {
    const found = source.columns[column];
    if (found === undefined) throw new SqlError(`Invalid column name '${column}'.`);
    return found;
  };
  const columns =
    select.columns?.map(({ name, alias }) => ({ alias, field: property(name) })) ??
    Object.entries(source.columns).map(([alias, field]) => ({ alias, field }));
  const conditions = select.where.map(({ column, value }) => ({ field: property(column), value }));
  const orders = select.order.map(({ column, descending }) => ({ field: property(column), descending }));
  const matching = db
    .table(source.table)
    .all()
    .filter((row) => !row[DELETED] && conditions.every(({ field, value }) => sameText(row[field], value)));
  if (select.countAs !== null)
    return answer([{ alias: select.countAs, field: 'n' }], [{ n: matching.length }]);
  const sorted = [...matching].sort((left, right) => {
    for (const { field, descending } of orders) {
      const difference = compare(left[field], right[field]);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return 0;
  });
  return answer(columns, sorted.slice(0, select.top ?? ROWS_AT_MOST));
}

function answer(columns: readonly { alias: string; field: string }[], rows: readonly Row[]): Loaded {
  return {
    loaded: true,
    available_columns: columns.map(({ alias, field }) => ({
      name: alias,
      data_type: dataType(rows[0]?.[field]),
    })),
    rows: rows.map((row) => Object.fromEntries(columns.map(({ alias, field }) => [alias, cell(row[field])]))),
    load_error: '',
  };
}

function dataType(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'System.Int32' : 'System.Double';
  if (typeof value === 'boolean') return 'System.Boolean';
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? 'System.DateTime' : 'System.String';
}

function cell(value: unknown): string {
  if (value === NO_DATE) return '';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : asText(value);
}

const sameText = (value: unknown, wanted: string): boolean =>
  typeof value === 'boolean'
    ? (value ? '1' : '0') === wanted
    : asText(value).toLowerCase() === wanted.toLowerCase();

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [asText(left).toLowerCase(), asText(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}
