import type { Check } from "../check.ts";
import { alternateForIgnored, alternateWithoutRequest } from "./alternates.ts";
import { patternLengthMissing, patternsAllowedUnknown } from "./course-patterns.ts";
import { featureRoomsShort, roomFeatureMissing, roomImprobable } from "./course-rooms.ts";
import { seatsImprobable, seatsOutOfOrder, seatsTargetOutside, seatsZeroWithRequests } from "./course-seats.ts";
import { courseWithoutRequests, seatsShort, sectionsBelowListed, sectionsOverMax } from "./course-sections.ts";
import { courseWithoutTeacher, teachersShort } from "./course-staff.ts";
import { courseTermMissing, termsAllowedLength } from "./course-term.ts";
import { linkNeverKept, linkWithoutTeacher, linkWithoutTime } from "./link-choices.ts";
import {
  linkAcrossSchools,
  linksContradict,
  linksContradictThroughOthers,
  linkTooShort,
  termOrderCycle,
} from "./links.ts";
import {
  lockedAgainstLink,
  lockedUnavailable,
  roomDoubleBooked,
  teacherDoubleBooked,
  teacherOverbooked,
} from "./locked-clashes.ts";
import { lunchWaveUnknown } from "./lunch-waves.ts";
import { patternSlotTwice, patternSlotUnknown, patternTwins } from "./pattern-slots.ts";
import { periodReversed, periodsOverlap } from "./period-times.ts";
import { prerequisiteNotBefore, prerequisiteUnknown } from "./prerequisites.ts";
import { lockedSectionWrong, requestTermNotOffered } from "./request-sections.ts";
import { requestGradeOutside, requestOtherSchool, requestsOverfull, studentWithoutRequests } from "./requests.ts";
import { lockedCellEmpty, lockedRosterEmpty, sectionPatternUnknown, sectionTermLength } from "./section-cells.ts";
import { lockedRoomUnfit } from "./section-rooms.ts";
import { lockedTeacherUnqualified, sectionOtherSchool, sectionTeacherUnqualified } from "./section-staff.ts";
import {
  partnersContradict,
  studentRulesContradict,
  studentRuleValue,
  teamWithoutSections,
  teamWithoutStudents,
} from "./student-rules.ts";
import { teacherLoadImprobable, teacherLoadReversed, teacherWithoutCourses } from "./teacher-load.ts";
import { siblingTermsOverlap, termOutsideParent, termParentCycle, termReversed } from "./term-tree.ts";
import { todayEnrolledDiffers, todayOverCap, todayScheduleUnknownId } from "./today-schedule.ts";
import { unavailableSlotUnknown } from "./unavailable-slots.ts";
import { gradeUnknown, parityColumnUnknown, weightUnknown } from "./weights.ts";

export const schedulingChecks: readonly Check[] = [
  alternateWithoutRequest,
  alternateForIgnored,
  patternsAllowedUnknown,
  patternLengthMissing,
  roomFeatureMissing,
  featureRoomsShort,
  roomImprobable,
  seatsZeroWithRequests,
  seatsOutOfOrder,
  seatsTargetOutside,
  seatsImprobable,
  sectionsBelowListed,
  sectionsOverMax,
  seatsShort,
  courseWithoutRequests,
  courseWithoutTeacher,
  teachersShort,
  courseTermMissing,
  termsAllowedLength,
  linkTooShort,
  linkAcrossSchools,
  linksContradict,
  linksContradictThroughOthers,
  linkWithoutTime,
  linkWithoutTeacher,
  linkNeverKept,
  termOrderCycle,
  teacherDoubleBooked,
  roomDoubleBooked,
  teacherOverbooked,
  lockedUnavailable,
  lockedAgainstLink,
  lunchWaveUnknown,
  patternSlotUnknown,
  patternSlotTwice,
  patternTwins,
  periodReversed,
  periodsOverlap,
  prerequisiteUnknown,
  prerequisiteNotBefore,
  lockedSectionWrong,
  requestTermNotOffered,
  requestOtherSchool,
  requestGradeOutside,
  requestsOverfull,
  studentWithoutRequests,
  lockedCellEmpty,
  lockedRosterEmpty,
  sectionPatternUnknown,
  sectionTermLength,
  lockedRoomUnfit,
  lockedTeacherUnqualified,
  sectionTeacherUnqualified,
  sectionOtherSchool,
  studentRuleValue,
  studentRulesContradict,
  partnersContradict,
  teamWithoutSections,
  teamWithoutStudents,
  teacherLoadReversed,
  teacherLoadImprobable,
  teacherWithoutCourses,
  termReversed,
  termParentCycle,
  termOutsideParent,
  siblingTermsOverlap,
  todayScheduleUnknownId,
  todayEnrolledDiffers,
  todayOverCap,
  unavailableSlotUnknown,
  weightUnknown,
  parityColumnUnknown,
  gradeUnknown,
];
