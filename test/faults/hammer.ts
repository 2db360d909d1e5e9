/** What became of many calls. */
export interface Hammered {
  readonly calls: number;
  /** 5xx, and calls that broke off. */
  readonly failed: readonly string[];
  readonly slowestMs: number;
  readonly statuses: Readonly<Record<number, number>>;
}

/** Makes calls, a few at a time, and remembers the worst. `call` answers with the status. */
export async function hammer(
  calls: number,
  atOnce: number,
  call: (index: number) => Promise<number>,
): Promise<Hammered> {
  const failed: string[] = [];
  const statuses: Record<number, number> = {};
  let slowestMs = 0;
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < calls; index = next++) {
      const begun = performance.now();
      try {
        const status = await call(index);
        statuses[status] = (statuses[status] ?? 0) + 1;
        // Being told to come back is no failure.
        if (status >= 500 && status !== 503) failed.push(`call ${index}: ${status}`);
      } catch (error) {
        failed.push(
          `call ${index}: ${error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : error}`,
        );
      }
      slowestMs = Math.max(slowestMs, performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { calls, failed, slowestMs, statuses };
}
