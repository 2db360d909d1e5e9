import type { Check } from "../check.ts";
import { currencyUnknown, schoolYearGap, timezoneUnknown } from "./district-json.ts";
import { hazardGradesUnknown, hazardWayNoNumber } from "./hazards.ts";
import { groupManyValues, groupSparse, personalData } from "./privacy.ts";
import {
  enrollmentDiffers,
  schoolAreaImprobable,
  schoolBuiltLate,
  schoolFar,
  schoolNameTwice,
  schoolPlaceZero,
  schoolTwins,
} from "./schools.ts";
import {
  gradeOutsideLevel,
  homeAtZero,
  homeFar,
  homeHalf,
  homesAtOnePlace,
  schoolWithoutStudents,
  siblingSelf,
  siblingsMany,
  studentLookalike,
} from "./students.ts";

export const districtChecks: readonly Check[] = [
  timezoneUnknown,
  schoolYearGap,
  currencyUnknown,
  hazardWayNoNumber,
  hazardGradesUnknown,
  personalData,
  groupManyValues,
  groupSparse,
  schoolPlaceZero,
  schoolFar,
  schoolTwins,
  schoolNameTwice,
  enrollmentDiffers,
  schoolBuiltLate,
  schoolAreaImprobable,
  homeFar,
  homeHalf,
  homeAtZero,
  homesAtOnePlace,
  gradeOutsideLevel,
  studentLookalike,
  siblingSelf,
  siblingsMany,
  schoolWithoutStudents,
];
