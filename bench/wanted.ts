const only = new RegExp(process.env.BENCH_ONLY ?? "");

/** Whether a row is asked for: `BENCH_ONLY`, a regular expression over names that each area states, measures a part. */
export const wanted = (name: string): boolean => only.test(name);
