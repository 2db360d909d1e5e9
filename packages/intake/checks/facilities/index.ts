import type { Check } from "../check.ts";
export const facilitiesChecks: readonly Check[] = [];
