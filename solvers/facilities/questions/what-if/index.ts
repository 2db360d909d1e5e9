import { budget } from "./budget.ts";
import { closeSchool } from "./close-school.ts";
import type { WhatIf } from "./condition.ts";
import { deferFund } from "./defer-fund.ts";
import { electrify } from "./electrify.ts";
import { inflation } from "./inflation.ts";

/** Name of a change → what it makes of the district. */
export const CONDITIONS: Readonly<Record<string, WhatIf>> = {
  budget,
  inflation,
  close_school: closeSchool,
  defer_fund: deferFund,
  electrify,
};
