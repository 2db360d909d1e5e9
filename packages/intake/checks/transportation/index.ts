import type { Check } from "../check.ts";
export const transportationChecks: readonly Check[] = [];
