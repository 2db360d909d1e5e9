import { maybe } from "../../nearest.ts";
import { schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { classSlots } from "./calendar.ts";

/** A slot that does not exist blocks nothing: the part-timer would be given it. */
export const unavailableSlotUnknown = schedulingWarning("unavailable-slot-unknown", (view, find) => {
  const slots = view.derived(classSlots);
  const all = new Set(view.tables.periods.map((period) => `${period.school_id} ${period.day}:${period.period_id}`));
  const check = (place: Parameters<typeof find>[0], who: string, schools: readonly string[], list?: string[]) => {
    for (const slot of list ?? []) {
      if (schools.some((school) => all.has(`${school} ${slot}`))) continue;
      find(place, {
        column: "unavailable",
        value: slot,
        message: `${who} is unavailable in ${slot}, which is no period.${maybe(slot, slots.get(schools[0]) ?? [])}`,
        expected: "slots day:period_id of scheduling/periods.csv",
        mend: "correct the slot",
      });
    }
  };
  for (const [teacher, place] of each(view, "teachers"))
    check(place, `teacher ${teacher.teacher_id}`, [teacher.school_id, ...(teacher.schools ?? [])], teacher.unavailable);
  for (const [room, place] of each(view, "rooms"))
    check(place, `room ${room.room_id}`, [room.school_id], room.unavailable);
  for (const [rule, place] of each(view, "student_rules")) {
    const school = view.row("students", "student_id", rule.student_id)?.school_id;
    if (school !== undefined) check(place, `student ${rule.student_id}`, [school], rule.unavailable);
  }
});
