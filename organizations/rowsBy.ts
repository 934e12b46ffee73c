/** Rows of a list by a key of theirs, found without going through the list each time: there may be thousands. */

/** The finder keeps an index of each list that it has been asked about, for as long as that list is there. */
export function rowsBy<Row>(
  keyOf: (row: Row) => string,
): (rows: readonly Row[], key: string) => readonly Row[] {
  const indexes = new WeakMap<
    readonly Row[],
    { readonly length: number; readonly byKey: ReadonlyMap<string, readonly Row[]> }
  >();
  return (rows, key) => {
    let index = indexes.get(rows);
    // A list that is still being made is gone through anew.
    if (index?.length !== rows.length) {
      index = { length: rows.length, byKey: grouped(rows, keyOf) };
      indexes.set(rows, index);
    }
    return index.byKey.get(key) ?? [];
  };
}

function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
