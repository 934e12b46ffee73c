/** Errors of PostgreSQL without the statement, its parameters and the rows that they quote. */

/**
 * SQLSTATE classes whose messages are about the server, its limits and our own statements: connections, transactions,
 * privileges, disk space. Those about values (22), constraints (23) and functions (P0) may quote data.
 */
const TELLING = /^(08|0A|25|28|2D|3D|3F|40|42|53|54|55|57|58|XX|F0)/;

/** Thrown instead of the errors of `pg`: all of it may be logged, stored and shown. */
export class DatabaseError extends Error {
  /** SQLSTATE. */
  readonly code: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(from: PgError) {
    super(isTelling(from) ? `${from.message} (${from.code})` : refusalOf(from));
    this.name = 'DatabaseError';
    this.code = from.code;
    this.table = from.table;
    this.column = from.column;
    this.constraint = from.constraint;
  }
}

function refusalOf({ code, table, column, constraint }: PgError): string {
  const what = table === undefined ? 'a value' : `a row of the table ${table}`;
  const by = constraint ?? (column === undefined ? undefined : `column ${column}`);
  return `PostgreSQL refuses ${what}${by === undefined ? '' : `, by ${by}`} (${code})`;
}

/** An error raised by a database function has its author's text, whatever its code. */
const isTelling = ({ code, routine }: PgError): boolean =>
  TELLING.test(code) && routine !== 'exec_stmt_raise';

interface PgError extends Error {
  readonly code: string;
  readonly routine?: string;
  readonly severity: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
}

/**
 * The error in a form that is safe to show; an error that is not PostgreSQL's, such as a lost connection, is returned
 * as it is.
 */
export function withoutParameters(error: unknown): unknown {
  return isPgError(error) ? new DatabaseError(error) : error;
}

/** Checks the shape, because an error may come from another realm. */
function isPgError(error: unknown): error is PgError {
  if (typeof error !== 'object' || error === null || error instanceof DatabaseError) return false;
  const { code, severity } = error as Partial<PgError>;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && typeof severity === 'string';
}
