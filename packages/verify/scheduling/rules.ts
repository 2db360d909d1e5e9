import type { Rule } from "./rule.ts";
import { alternates } from "./rules/alternates.ts";
import { fairness } from "./rules/fairness.ts";
import { inclusionShare } from "./rules/inclusion-share.ts";
import { notSameTime, sectionLinks } from "./rules/links/section-links.ts";
import { differentTerm, sameStudents, termOrder } from "./rules/links/student-links.ts";
import { requestTerms } from "./rules/request-terms.ts";
import { requestsAnswered } from "./rules/requests-answered.ts";
import { rooms } from "./rules/rooms.ts";
import { seats } from "./rules/seats.ts";
import { sectionCounts } from "./rules/section-counts.ts";
import { sectionLocks } from "./rules/section-locks.ts";
import { sectionTimes } from "./rules/section-times.ts";
import { sectionsPlaced } from "./rules/sections-placed.ts";
import { studentClashes } from "./rules/student-clashes.ts";
import { studentFree } from "./rules/student-free.ts";
import { studentLunch } from "./rules/student-lunch.ts";
import { studentNotTeacher } from "./rules/student-not-teacher.ts";
import { studentPartners } from "./rules/student-partners.ts";
import { studentTeams } from "./rules/student-teams.ts";
import { teacherClashes } from "./rules/teacher-clashes.ts";
import { teacherDays } from "./rules/teacher-days.ts";
import { teacherLoads } from "./rules/teacher-loads.ts";
import { teacherQualified } from "./rules/teacher-qualified.ts";
import { teacherTravel } from "./rules/teacher-travel.ts";
import { unmetReasons } from "./rules/unmet-reasons.ts";

/** Every hard rule of a schedule. */
export const RULES: readonly Rule[] = [
  sectionsPlaced,
  sectionTimes,
  sectionCounts,
  sectionLocks,
  seats,
  inclusionShare,
  teacherClashes,
  teacherQualified,
  teacherLoads,
  teacherDays,
  teacherTravel,
  rooms,
  studentClashes,
  studentFree,
  studentLunch,
  studentTeams,
  studentPartners,
  studentNotTeacher,
  requestsAnswered,
  requestTerms,
  alternates,
  sectionLinks,
  notSameTime,
  termOrder,
  differentTerm,
  sameStudents,
  unmetReasons,
  fairness,
];
