/** The times by which jobs are held, given up and found again. */
export interface Policy {
  /** Between two heart-beats of a holder; also how soon it sees a cancel, and how often progress is stored. */
  readonly beatMs: number;
  /** Without a heart-beat for this long, a running job is free again. */
  readonly staleMs: number;
  /** Between two rounds of the reconciler. */
  readonly reconcileMs: number;
  /** Claims after which a job that never came to an end is poison. */
  readonly attemptsMax: number;
}

export const POLICY: Policy = { beatMs: 500, staleMs: 4000, reconcileMs: 1000, attemptsMax: 3 };
