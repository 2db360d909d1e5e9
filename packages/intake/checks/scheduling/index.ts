import type { Check } from "../check.ts";
export const schedulingChecks: readonly Check[] = [];
