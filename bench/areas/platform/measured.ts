import type { Measured } from "../../measurement.ts";

/** When and where a trial ran, for its row. */
export const measured = ({ date, commit, machine, shared }: Measured): Measured => ({ date, commit, machine, shared });
