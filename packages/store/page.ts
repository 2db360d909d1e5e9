/** A page of a list, newest first. */
export interface PageRequest {
  readonly limit: number;
  /** The id after which to go on: the `next` of the page before. */
  readonly after?: string;
}

export interface Page<T> {
  readonly items: T[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** From `limit + 1` rows: the page, and whether there is another. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  idOf: (row: R) => string,
  read: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(read), next: rows.length > limit && last ? idOf(last) : null };
}
