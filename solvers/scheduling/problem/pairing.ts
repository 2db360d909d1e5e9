import { assign } from "./assignment.ts";

/** What a pair that cannot be is worth: less than any number of pairs that can. */
const IMPOSSIBLE = -1e4;
/** Of pairs as good, the k-th with the k-th. */
const SAME_PLACE = 1e-3;

/**
 * Sections of linked courses put into groups, each group at most one of a course, so that of any two courses every section of the one
 * with fewer has a partner in the other. The course with the most goes first; each next one is assigned at best to the groups that
 * hold all before it.
 *
 * @param lists the sections of each course
 * @param worth what two sections of different courses are worth in one group; `freedom(0)` and less where they can't be
 */
export function pairUp(lists: readonly (readonly number[])[], worth: (a: number, b: number) => number): number[][] {
  const order = lists.map((_, course) => course).sort((a, b) => lists[b].length - lists[a].length || a - b);
  const groups = (lists[order[0]] ?? []).map((section) => ({ members: [section] }));
  let whole = groups;
  for (const course of order.slice(1)) {
    const sections = lists[course];
    if (sections.length === 0) break;
    const columns = assign(
      sections.map((section, row) =>
        whole.map(
          ({ members }, column) =>
            members.reduce((sum, member) => sum + worth(member, section), 0) + (row === column ? SAME_PLACE : 0),
        ),
      ),
    );
    columns.forEach((column, row) => {
      whole[column].members.push(sections[row]);
    });
    whole = columns.toSorted((a, b) => a - b).map((column) => whole[column]);
  }
  return groups.map(({ members }) => members);
}

/** What so many common choices are worth to a pair: none makes it impossible, the more the better, though ever less so. */
export const freedom = (choices: number): number => (choices === 0 ? IMPOSSIBLE : -1 / choices);
