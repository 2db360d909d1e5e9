import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { MOVES } from "../moves/moves.ts";
import { buildProblem } from "../problem/build.ts";
import { ALTERNATE } from "../problem/problem.ts";
import { unkindSchool } from "../testing/unkind-school.ts";
import { Hits } from "./hits.ts";
import { Search } from "./search.ts";

test("whoever is seated anew after a move loses at least what was said to be lost in any case", () => {
  const school = buildProblem(unkindSchool({ seed: 4 }), {}).schools[0];
  const { students, requests, weights } = school;
  const search = new Search(school, new Random(4));
  search.start({ spent: () => 0 });
  const { schedule, placer, loader } = search;
  const most = Float64Array.from(students.ids, (_, student) => {
    let sum: number = weights.complete;
    for (let q = students.requestStart[student]; q < students.requestStart[student + 1]; q++)
      if (requests.kind[q] !== ALTERNATE) sum += requests.value[q];
    return sum;
  });
  const hits = new Hits(schedule, most);
  const random = new Random(7);
  let certain = 0;
  for (let i = 0; i < 600; i++) {
    const total = schedule.total;
    placer.changed.length = 0;
    if (MOVES[i % MOVES.length].move(placer, random)) {
      for (let student = 0; student < students.ids.length; student++) {
        if (loader.stands(student)) continue;
        hits.look(student, placer.changed);
        if (hits.certain[student] === 0) continue;
        const mark = schedule.mark();
        const before = { total: schedule.total, value: schedule.value[student] };
        loader.reload(student);
        expect(before.value - schedule.value[student]).toBeGreaterThanOrEqual(hits.certain[student] - 1e-6);
        schedule.undo(mark, before.total);
        certain++;
      }
    }
    schedule.undo(0, total);
  }
  expect(certain).toBeGreaterThan(50);
});
