/** Rows for statements of bounded size: Postgres takes 65535 parameters in one. */

const SIZE = 1000;

/** The rows in their order, so many at a time. */
export function chunks<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / SIZE) }, (_, index) =>
    rows.slice(index * SIZE, (index + 1) * SIZE),
  );
}
