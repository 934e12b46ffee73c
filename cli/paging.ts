/** Lists that show so many rows and say when there are more. */

/** Of every list, unless `--limit` says otherwise. */
export const DEFAULT_LIMIT = 50;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Whether there are more behind the last one. */
  readonly more: boolean;
}

/** The table with a line below it: how to see more, or that there is nothing. */
export function withMore(
  drawn: string,
  { rows, more }: Page<unknown>,
  { nothing, next }: { readonly nothing: string; readonly next: string },
): string {
  if (rows.length === 0) return nothing;
  return more ? `${drawn}\n\nThere are more: ${next}` : drawn;
}
