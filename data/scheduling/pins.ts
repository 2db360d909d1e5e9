import type { Random } from "@trivium/engine";
import type { TableRow } from "@trivium/model";
import type { HiddenPlan } from "./hidden.ts";

type Request = TableRow<"requests">;

/** Shares of the requests that may be so pinned. */
const IN_TERM_SHARE = 0.03;
const IN_SECTION_SHARE = 0.004;

/** A few requests ask for a semester, or for one section that the district lists; always those that the hidden plan gives them. */
export function pinRequests(
  random: Random,
  plan: HiddenPlan,
  requests: readonly Request[],
  listed: readonly TableRow<"sections">[],
): Request[] {
  const names = new Set(listed.map((row) => row.section_id));
  const given = new Map(
    plan.sections.flatMap((section) =>
      [...section.roster].map((index) => [`${plan.pupils[index].id}/${section.course.id}`, section]),
    ),
  );
  return requests.map((row) => {
    const chance = random.unit();
    const section = given.get(`${row.student_id}/${row.course_id}`);
    if (section === undefined || row.kind === "alternate") return row;
    if (section.term !== "Y" && row.kind === "elective" && chance < IN_TERM_SHARE)
      return { ...row, term_id: section.term };
    if (names.has(section.id) && chance < IN_SECTION_SHARE) return { ...row, locked_section_id: section.id };
    return row;
  });
}
