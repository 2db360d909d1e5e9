import { type Planted, testPlanted } from "../../fixture/planted.ts";
import { schedulingChecks } from "./index.ts";

const F = (name: string) => `scheduling/${name}.csv`;
const [terms, periods, patterns, courses, links] = ["terms", "periods", "patterns", "courses", "course_links"].map(F);
const [teachers, qualified, rooms, sections] = ["teachers", "teacher_courses", "rooms", "sections"].map(F);
const [requests, rules, today, enrolled] = ["requests", "student_rules", "today_sections", "today_enrollments"].map(F);
const settings = "scheduling/settings.json";

const planted: readonly Planted[] = [
  [
    "a period that ends before it starts",
    "period-reversed",
    (d) => d.set(periods, { period_id: "1", day: "A" }, { end: "07:20" }),
    { file: periods, row: 2, column: "end" },
  ],
  [
    "two class periods at one time",
    "periods-overlap",
    (d) => d.set(periods, { period_id: "2", day: "A" }, { start: "09:10" }),
    { file: periods, row: 3, column: "start" },
  ],
  [
    "a pattern that meets over lunch",
    "pattern-slot-unknown",
    (d) => d.set(patterns, { pattern_id: "DBL" }, { meetings: "A:1|A:L" }),
    { file: patterns, row: 4, column: "meetings" },
  ],
  [
    "a pattern with one slot twice",
    "pattern-slot-twice",
    (d) => d.set(patterns, { pattern_id: "DBL" }, { meetings: "A:1|A:1" }),
    { file: patterns, row: 4 },
  ],
  [
    "two patterns that meet alike",
    "pattern-twins",
    (d) => d.set(patterns, { pattern_id: "DBL" }, { meetings: "B:2|A:2" }),
    { file: patterns, row: 4 },
  ],
  [
    "a term that ends before it starts",
    "term-reversed",
    (d) => d.set(terms, { term_id: "F" }, { end_date: "2027-08-01" }),
    { file: terms, row: 3, column: "end_date" },
  ],
  [
    "terms that are parts of each other",
    "term-parent-cycle",
    (d) => d.set(terms, { term_id: "Y" }, { parent_term_id: "F" }),
    { file: terms, row: 2, column: "parent_term_id" },
  ],
  [
    "a semester that outlasts its year",
    "term-outside-parent",
    (d) => d.set(terms, { term_id: "S" }, { end_date: "2028-06-30" }),
    { file: terms, row: 4, column: "end_date" },
  ],
  [
    "semesters that overlap",
    "sibling-terms-overlap",
    (d) => d.set(terms, { term_id: "F" }, { end_date: "2028-01-20" }),
    { file: terms, row: 4, column: "start_date" },
  ],
  [
    "a quarter course in a school of semesters",
    "course-term-missing",
    (d) => d.set(courses, { course_id: "ART2" }, { term: "quarter", terms_allowed: "" }),
    { file: courses, row: 5, column: "term" },
  ],
  [
    "a semester course that is allowed the whole year",
    "terms-allowed-length",
    (d) => d.set(courses, { course_id: "ART1" }, { terms_allowed: "Y" }),
    { file: courses, row: 4, column: "terms_allowed" },
  ],
  [
    "a course in a pattern of no one",
    "patterns-allowed-unknown",
    (d) => d.set(courses, { course_id: "ENG9" }, { patterns_allowed: "P1|P9" }),
    { file: courses, row: 2, column: "patterns_allowed" },
  ],
  [
    "a course that meets more often than any pattern",
    "pattern-length-missing",
    (d) => d.set(courses, { course_id: "ALG1" }, { periods_per_cycle: "5" }),
    { file: courses, row: 3, column: "periods_per_cycle" },
  ],
  [
    "a course without seats that students ask for",
    "seats-zero-with-requests",
    (d) => d.set(courses, { course_id: "ALG1" }, { seats_max: "0", seats_min: "0" }),
    { file: courses, row: 3, column: "seats_max" },
  ],
  [
    "a least size over the cap",
    "seats-out-of-order",
    (d) => d.set(courses, { course_id: "ALG1" }, { seats_min: "31" }),
    { file: courses, row: 3, column: "seats_min" },
  ],
  [
    "a wished size over the cap",
    "seats-target-outside",
    (d) => d.set(courses, { course_id: "ALG1" }, { seats_target: "35" }),
    { file: courses, row: 3, column: "seats_target" },
  ],
  [
    "a class of 300",
    "seats-improbable",
    (d) => d.set(courses, { course_id: "ALG1" }, { seats_max: "300" }),
    { file: courses, row: 3, column: "seats_max" },
  ],
  [
    "fewer sections than are listed",
    "sections-below-listed",
    (d) => d.set(courses, { course_id: "ENG9" }, { sections: "0" }),
    { file: courses, row: 2, column: "sections" },
  ],
  [
    "more sections than are allowed",
    "sections-over-max",
    (d) => d.set(courses, { course_id: "ENG9" }, { sections: "3", sections_max: "2" }),
    { file: courses, row: 2, column: "sections" },
  ],
  [
    "far fewer seats than requests",
    "seats-short",
    (d) => d.set(courses, { course_id: "ALG1" }, { sections: "1", seats_max: "1" }),
    { file: courses, row: 3, column: "sections" },
  ],
  [
    "a course with a section and no request",
    "course-without-requests",
    (d) => d.set(courses, { course_id: "ART2" }, { sections: "1" }).remove(requests, { course_id: "ART2" }),
    { file: courses, row: 5 },
  ],
  [
    "a course that nobody may teach",
    "course-without-teacher",
    (d) => d.remove(qualified, { course_id: "ART2" }).set(courses, { course_id: "ART2" }, { sections: "1" }),
    { file: courses, row: 5 },
  ],
  [
    "more sections than its teachers can take",
    "teachers-short",
    (d) => d.set(courses, { course_id: "ALG1" }, { sections: "5" }),
    { file: courses, row: 3 },
  ],
  [
    "a room feature that nobody has",
    "room-feature-missing",
    (d) => d.set(courses, { course_id: "ART1" }, { room_features: "kiln" }),
    { file: courses, row: 4, column: "room_features" },
  ],
  [
    "more lessons in art rooms than such rooms have slots",
    "feature-rooms-short",
    (d) => d.set(courses, { course_id: "ART1" }, { sections: "5" }),
    { file: courses, row: 4, column: "room_features" },
  ],
  [
    "a room for nobody",
    "room-capacity-improbable",
    (d) => d.set(rooms, { room_id: "R2" }, { capacity: "0" }),
    { file: rooms, row: 3, column: "capacity" },
  ],
  [
    "a prerequisite that is no longer offered",
    "prerequisite-unknown",
    (d) => d.set(courses, { course_id: "ART2" }, { prerequisites: "ART0" }),
    { file: courses, row: 5, column: "prerequisites" },
  ],
  [
    "a course and its prerequisite in one year",
    "prerequisite-not-before",
    (d) => d.set(courses, { course_id: "ALG1" }, { prerequisites: "ENG9" }),
    { file: requests, row: 5, column: "course_id" },
  ],
  [
    "an elementary student who asks for a high school course",
    "request-other-school",
    (d) => d.add(requests, { student_id: "S201", course_id: "ALG1", locked_section_id: "" }),
    { file: requests, row: 10, column: "course_id" },
  ],
  [
    "a request from another grade",
    "request-grade-outside",
    (d) => d.set(courses, { course_id: "ALG1" }, { grade_levels: "9" }),
    { file: requests, row: 6 },
  ],
  [
    "more requests than the week has slots",
    "requests-overfull",
    (d) =>
      d
        .add(requests, { student_id: "S101", course_id: "ALG1", locked_section_id: "" })
        .add(requests, { student_id: "S101", course_id: "ART2", locked_section_id: "" }),
    { file: requests, row: 2, column: "student_id" },
  ],
  [
    "a student who asks for nothing",
    "student-without-requests",
    (d) => d.remove(requests, { student_id: "S104" }),
    { file: "students.csv", row: 5 },
  ],
  [
    "an alternate for a course that was not asked for",
    "alternate-without-request",
    (d) => d.set(requests, { kind: "alternate" }, { alternate_for: "ENG9" }),
    { file: requests, row: 8, column: "alternate_for" },
  ],
  [
    "an elective that says what it replaces",
    "alternate-for-ignored",
    (d) => d.set(requests, { student_id: "S103", course_id: "ART1" }, { alternate_for: "ALG1" }),
    { file: requests, row: 7, column: "alternate_for" },
  ],
  [
    "a request locked to a section of another course",
    "locked-section-wrong",
    (d) => d.set(requests, { student_id: "S101", course_id: "ENG9" }, { locked_section_id: "ALG1-1" }),
    { file: requests, row: 2, column: "locked_section_id" },
  ],
  [
    "a request for a term in which the course is not offered",
    "request-term-not-offered",
    (d) => d.set(requests, { student_id: "S101", course_id: "ART1" }, { term_id: "Y" }),
    { file: requests, row: 3, column: "term_id" },
  ],
  [
    "a locked teacher who is not named",
    "locked-cell-empty",
    (d) => d.set(sections, { section_id: "ENG9-1" }, { teacher_id: "" }),
    { file: sections, row: 2, column: "teacher_id" },
  ],
  [
    "a fixed roster of nobody",
    "locked-roster-empty",
    (d) => d.set(sections, { section_id: "ART1-1" }, { locked: "roster" }),
    { file: sections, row: 4, column: "locked" },
  ],
  [
    "a section in an unknown pattern",
    "section-pattern-unknown",
    (d) => d.set(sections, { section_id: "ART1-1" }, { pattern_id: "P7" }),
    { file: sections, row: 4, column: "pattern_id" },
  ],
  [
    "a year section in a semester",
    "section-term-length",
    (d) => d.set(sections, { section_id: "ALG1-1" }, { term_id: "F" }),
    { file: sections, row: 3, column: "term_id" },
  ],
  [
    "a section fixed to a teacher who is not qualified",
    "locked-teacher-unqualified",
    (d) => d.set(sections, { section_id: "ALG1-1" }, { teacher_id: "T2" }),
    { file: sections, row: 3, column: "teacher_id" },
  ],
  [
    "a wish for a teacher who is not qualified",
    "section-teacher-unqualified",
    (d) => d.set(sections, { section_id: "ART1-1" }, { teacher_id: "T1" }),
    { file: sections, row: 4, column: "teacher_id" },
  ],
  [
    "a section in a room of another school",
    "section-other-school",
    (d) => d.set(rooms, { room_id: "R2" }, { school_id: "ES" }),
    { file: sections, row: 4, column: "room_id" },
  ],
  [
    "a section fixed to a room without what it needs",
    "locked-room-unfit",
    (d) => d.set(rooms, { room_id: "R2" }, { features: "board" }),
    { file: sections, row: 4, column: "room_id" },
  ],
  [
    "a teacher fixed to two sections at one time",
    "teacher-double-booked",
    (d) => d.set(sections, { section_id: "ALG1-1" }, { pattern_id: "P1" }),
    { file: sections, row: 3, column: "teacher_id" },
  ],
  [
    "a room fixed for two sections at one time",
    "room-double-booked",
    (d) => d.set(sections, { section_id: "ALG1-1" }, { pattern_id: "P1", room_id: "R1", locked: "pattern|room" }),
    { file: sections, row: 3, column: "room_id" },
  ],
  [
    "a teacher fixed to more than there is time for",
    "teacher-overbooked",
    (d) => d.set(teachers, { teacher_id: "T1" }, { unavailable: "A:1" }),
    { file: teachers, row: 2 },
  ],
  [
    "a least load over the greatest",
    "teacher-load-reversed",
    (d) => d.set(teachers, { teacher_id: "T1" }, { sections_min: "5" }),
    { file: teachers, row: 2, column: "sections_min" },
  ],
  [
    "a teacher with 14 sections",
    "teacher-load-improbable",
    (d) => d.set(teachers, { teacher_id: "T1" }, { sections_max: "14" }),
    { file: teachers, row: 2, column: "sections_max" },
  ],
  [
    "a teacher who is qualified for nothing",
    "teacher-without-courses",
    (d) => d.add(teachers, { teacher_id: "T9" }),
    { file: teachers, row: 4 },
  ],
  [
    "a part-timer away in a slot that does not exist",
    "unavailable-slot-unknown",
    (d) => d.set(teachers, { teacher_id: "T2" }, { unavailable: "C:1" }),
    { file: teachers, row: 3, column: "unavailable" },
  ],
  [
    "a link of one course",
    "link-too-short",
    (d) => d.set(links, { link_id: "K2" }, { courses: "ENG9" }),
    { file: links, row: 3 },
  ],
  [
    "a link across schools",
    "link-across-schools",
    (d) => d.set(courses, { course_id: "ALG1" }, { school_id: "ES" }),
    { file: links, row: 3 },
  ],
  [
    "two links that cannot both hold",
    "links-contradict",
    (d) => d.add(links, { link_id: "K3", kind: "same_time", courses: "ENG9|ALG1" }),
    { file: links, row: 4, column: "kind" },
  ],
  [
    "courses that come before each other",
    "term-order-cycle",
    (d) => d.add(links, { link_id: "K3", courses: "ART2|ART1" }),
    { file: links, row: 2 },
  ],
  [
    "a student kept apart from nobody",
    "student-rule-value",
    (d) => d.set(rules, { kind: "apart" }, { value: "S999" }),
    { file: rules, row: 2, column: "value" },
  ],
  [
    "two students together and apart",
    "student-rules-contradict",
    (d) => d.add(rules, { student_id: "S102", kind: "with", value: "S101" }),
    { file: rules, row: 6, column: "kind" },
  ],
  [
    "a team without a section",
    "team-without-sections",
    (d) => d.set(rules, { kind: "team" }, { value: "green" }),
    { file: rules, row: 3, column: "value" },
  ],
  [
    "today's section of an unknown teacher",
    "today-schedule-unknown-id",
    (d) => d.set(today, {}, { teacher_id: "T8" }),
    { file: today, row: 2, column: "teacher_id" },
  ],
  [
    "today's count that is not today's list",
    "today-enrolled-differs",
    (d) => d.set(today, {}, { enrolled: "9" }),
    { file: today, row: 2, column: "enrolled" },
  ],
  [
    "today's section over its cap",
    "today-over-cap",
    (d) => d.set(today, {}, { seats_max: "1" }),
    { file: today, row: 2, column: "seats_max" },
  ],
  [
    "a student of no roster",
    "today-schedule-unknown-id",
    (d) => d.set(enrolled, { student_id: "S102" }, { student_id: "S777" }),
    { file: enrolled, row: 3, column: "student_id" },
  ],
  [
    "a lunch wave in a slot that does not exist",
    "lunch-wave-unknown",
    (d) => d.setting(settings, { lunch: { waves: [["A:Z"]] } }),
    { file: settings, column: "lunch.waves" },
  ],
  [
    "a year course and a semester course at one time",
    "link-without-time",
    (d) =>
      d
        .set(sections, { section_id: "ENG9-1" }, { locked: "teacher" })
        .set(links, { link_id: "K2" }, { kind: "same_time", courses: "ENG9|ART1" }),
    { file: links, row: 3, column: "courses" },
  ],
  [
    "one teacher for two courses that nobody may both teach",
    "link-without-teacher",
    (d) =>
      d
        .set(sections, { section_id: "ENG9-1" }, { locked: "pattern" })
        .add(links, { link_id: "K3", kind: "same_teacher", courses: "ART1|ENG9" }),
    { file: links, row: 4, column: "courses" },
  ],
  [
    "a year course before another",
    "link-never-kept",
    (d) => d.add(links, { link_id: "K3", kind: "term_order", courses: "ALG1|ENG9" }),
    { file: links, row: 4, column: "courses" },
  ],
  [
    "two courses apart that a third ties together",
    "links-contradict-through-others",
    (d) =>
      d
        .add(courses, { course_id: "GEO", term: "year", terms_allowed: "", room_features: "", prerequisites: "" })
        .add(links, { link_id: "K3", kind: "same_time", courses: "ENG9|GEO" })
        .add(links, { link_id: "K4", kind: "same_time", courses: "GEO|ALG1" }),
    { file: links, row: 3, column: "courses" },
  ],
  [
    "a section fixed to a slot when its teacher is away",
    "locked-unavailable",
    (d) => d.set(teachers, { teacher_id: "T1" }, { unavailable: "A:2" }),
    { file: sections, row: 3, column: "pattern_id" },
  ],
  [
    "two sections at one time by their link and at two by their locks",
    "locked-against-link",
    (d) => d.set(links, { link_id: "K2" }, { kind: "same_time" }),
    { file: sections, row: 3, column: "pattern_id" },
  ],
  [
    "friends of friends kept apart",
    "partners-contradict",
    (d) =>
      d
        .add(rules, { student_id: "S101", kind: "with", value: "S103" })
        .add(rules, { student_id: "S103", kind: "with", value: "S102" }),
    { file: rules, row: 2, column: "value" },
  ],
  [
    "a section kept for a team of nobody",
    "team-without-students",
    (d) => d.set(sections, { section_id: "ALG1-1" }, { reserved_for: "green" }),
    { file: sections, row: 3, column: "reserved_for" },
  ],
  [
    "a weight with a slip of the pen",
    "weight-unknown",
    (d) => d.setting(settings, { weights: { balence: 3 } }),
    { file: settings, column: "weights.balence" },
  ],
  [
    "parity by a column that students do not have",
    "parity-column-unknown",
    (d) => d.setting(settings, { parity: { columns: ["group_ell"] } }),
    { file: settings, column: "parity.columns" },
  ],
  [
    "a factor for a grade that is none",
    "settings-grade-unknown",
    (d) => d.setting(settings, { grade_factors: { 13: 2 } }),
    { file: settings, column: "grade_factors" },
  ],
];

testPlanted(schedulingChecks, planted);
