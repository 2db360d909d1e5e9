import { schedulingError, schedulingWarning } from "../check.ts";
import { each } from "../view.ts";
import { termDepth } from "./calendar.ts";

export const termReversed = schedulingError("term-reversed", (view, find) => {
  for (const [term, place] of each(view, "terms")) {
    if (term.end_date > term.start_date) continue;
    find(place, {
      column: "end_date",
      value: term.end_date,
      message: `term ${term.term_id} ends on ${term.end_date}, not after its start ${term.start_date}`,
      expected: "an end after the start",
      mend: "correct the dates",
    });
  }
});

export const termParentCycle = schedulingError("term-parent-cycle", (view, find) => {
  for (const [term, place] of each(view, "terms")) {
    if (view.derived(termDepth).get(term.term_id) !== undefined) continue;
    find(place, {
      column: "parent_term_id",
      value: term.parent_term_id,
      message: `following the parents of term ${term.term_id} never comes to an end`,
      expected: "a year term without parent at the top",
      mend: "empty parent_term_id of the term that is the whole year",
    });
  }
});

export const termOutsideParent = schedulingWarning("term-outside-parent", (view, find) => {
  for (const [term, place] of each(view, "terms")) {
    const parent = view.row("terms", "term_id", term.parent_term_id ?? "");
    if (!parent || (term.start_date >= parent.start_date && term.end_date <= parent.end_date)) continue;
    find(place, {
      column: term.start_date < parent.start_date ? "start_date" : "end_date",
      value: term.start_date < parent.start_date ? term.start_date : term.end_date,
      message: `term ${term.term_id} reaches beyond ${parent.term_id}, which lasts from ${parent.start_date} to ${parent.end_date}`,
      expected: "dates inside those of the parent",
      mend: "correct the dates or the parent",
    });
  }
});

export const siblingTermsOverlap = schedulingWarning("sibling-terms-overlap", (view, find) => {
  for (const [parent, indexes] of view.group("terms", "parent_term_id")) {
    if (parent === undefined) continue;
    const sorted = [...indexes].sort((a, b) =>
      view.tables.terms[a].start_date < view.tables.terms[b].start_date ? -1 : 1,
    );
    for (let i = 1; i < sorted.length; i++) {
      const [before, here] = [view.tables.terms[sorted[i - 1]], view.tables.terms[sorted[i]]];
      if (here.start_date > before.end_date) continue;
      find(
        { table: "terms", index: sorted[i] },
        {
          column: "start_date",
          value: here.start_date,
          message: `term ${here.term_id} starts before ${before.term_id} ends, yet both are parts of ${parent}`,
          expected: "parts of a term one after the other",
          mend: "correct the dates, or the parent of one of them",
          others: [{ table: "terms", index: sorted[i - 1] }],
        },
      );
    }
  }
});
