import type { Random } from "@trivium/engine";
import type { TableRow, Tables } from "@trivium/model";
import { calendar, LUNCH_WAVES, slotId } from "./day.ts";
import { type Attendee, drawHiddenPlan } from "./hidden.ts";
import { drawLinks } from "./links.ts";
import { pinRequests } from "./pins.ts";
import { type DrawnRequests, drawRequests } from "./requests.ts";
import { drawRules } from "./rules.ts";
import { courseRows, drawSeats, qualificationRows, roomRows, sectionRows, teacherRows } from "./tables.ts";
import { drawToday } from "./today.ts";

/** The plan that the school was drawn around, in the tables of a plan: legal, and never part of a district folder. */
interface HiddenMaster {
  readonly sections: TableRow<"today_sections">[];
  readonly enrollments: TableRow<"today_enrollments">[];
}

export interface DrawnSchool {
  readonly tables: Partial<Tables>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the hidden plan meets: the floor of what can be had. */
  readonly floor: DrawnRequests["floor"];
  readonly hidden: HiddenMaster;
}

/**
 * One unkind high school drawn around a hidden legal master: half of the courses singletons, A/B days, semester pairs, teachers to be chosen,
 * part-timers, scarce labs and gyms, co-taught and reserved sections, 9 % seat slack, 2.5 % of the wishes outside the plan.
 */
export function drawSchool(random: Random, schoolId: string, attendees: readonly Attendee[]): DrawnSchool {
  const plan = drawHiddenPlan(random.fork(0), attendees);
  const wishes = drawRequests(random.fork(1), plan);
  const links = drawLinks(random.fork(2), plan.sections);
  const rules = drawRules(random.fork(3), plan);
  const seats = drawSeats(random.fork(4), plan);
  const listed = sectionRows(random.fork(5), plan);
  const linked = new Set(links.flatMap((link) => link.courses));
  const fixed = new Set([...linked, ...listed.map((row) => row.course_id)]);
  const teachers = teacherRows(random.fork(6), schoolId, plan);
  const rooms = roomRows(random.fork(7), schoolId, plan);
  const hidden = hiddenMaster(plan, seats);
  const requests = pinRequests(random.fork(11), plan, wishes.rows, listed);
  const today = drawToday(random.fork(8), {
    plan,
    requests,
    rules,
    seats,
    teachers,
    rooms,
    listed,
    linked,
  });
  return {
    tables: {
      ...calendar(schoolId),
      courses: courseRows(random.fork(9), schoolId, plan, seats, fixed),
      course_links: links,
      teachers,
      teacher_courses: qualificationRows(random.fork(10), plan),
      rooms,
      sections: listed,
      requests,
      student_rules: rules,
      today_sections: today.sections,
      today_enrollments: today.enrollments,
    },
    settings: {
      travel_min: { Main: { East: 5, "Field House": 6 }, East: { "Field House": 6 } },
      lunch: { waves: LUNCH_WAVES.map((wave) => wave.map(slotId)) },
    },
    floor: wishes.floor,
    hidden,
  };
}

function hiddenMaster(plan: ReturnType<typeof drawHiddenPlan>, seats: ReadonlyMap<string, number>): HiddenMaster {
  return {
    sections: plan.sections.map((section) => ({
      section_id: section.id,
      course_id: section.course.id,
      term_id: section.term,
      pattern_id: section.pattern.id,
      teacher_id: section.teacher.id,
      ...(section.coTeacher ? { co_teacher_ids: [section.coTeacher.id] } : {}),
      room_id: section.room.id,
      seats_max: seats.get(section.course.id),
      enrolled: section.roster.size,
    })),
    enrollments: plan.sections.flatMap((section) =>
      [...section.roster].map((index) => ({
        student_id: plan.pupils[index].id,
        section_id: section.id,
        request_course_id: section.course.id,
        kind: plan.pupils[index].core.flat().includes(section.course.id)
          ? ("required" as const)
          : ("elective" as const),
      })),
    ),
  };
}
