import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { seatFlow } from "./seat-flow.ts";

test("three students, two seats in the one course that all want: two requests can be met", () => {
  const network = {
    start: Int32Array.of(0, 1, 2, 3),
    course: Int32Array.of(0, 0, 0),
    student: Int32Array.of(0, 1, 2),
    open: Uint8Array.of(1, 1, 1),
    studentMax: Int32Array.of(1, 1, 1),
    courseMax: Float64Array.of(2),
  };
  expect(seatFlow(network)).toBe(2);
});

test("the flow is what brute force over all subsets of requests finds", () => {
  const random = new Random(4);
  for (let round = 0; round < 60; round++) {
    const edges = Array.from({ length: 10 }, () => ({ student: random.below(4), course: random.below(3) }))
      .filter((edge, i, all) => all.findIndex((e) => e.student === edge.student && e.course === edge.course) === i)
      .sort((a, b) => a.student - b.student);
    const start = new Int32Array(5);
    for (const edge of edges) for (let s = edge.student + 1; s <= 4; s++) start[s]++;
    const studentMax = Int32Array.from({ length: 4 }, () => random.below(3));
    const courseMax = Float64Array.from({ length: 3 }, () => random.below(4));
    let best = 0;
    for (let subset = 0; subset < 1 << edges.length; subset++) {
      const chosen = edges.filter((_, i) => (subset >> i) & 1);
      const fits =
        studentMax.every((max, s) => chosen.filter((e) => e.student === s).length <= max) &&
        courseMax.every((max, c) => chosen.filter((e) => e.course === c).length <= max);
      if (fits) best = Math.max(best, chosen.length);
    }
    const flow = seatFlow({
      start,
      course: Int32Array.from(edges, (e) => e.course),
      student: Int32Array.from(edges, (e) => e.student),
      open: new Uint8Array(edges.length).fill(1),
      studentMax,
      courseMax,
    });
    expect(flow).toBe(best);
  }
});
