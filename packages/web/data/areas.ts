import type { Area } from "@trivium/model";

/** The three engines in the order in which they are shown everywhere. */
export const PLAN_AREAS: readonly Area[] = ["scheduling", "routing", "facilities"];
