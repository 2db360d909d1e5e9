import type { Check } from "../check.ts";
export const districtChecks: readonly Check[] = [];
