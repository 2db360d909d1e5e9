import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Random } from "@trivium/engine";
import { expect, test } from "vitest";
import { readMatrix } from "./conflict-matrix.ts";
import { drawStudents } from "./draw-students.ts";
import { matrixSchool } from "./school.ts";

const REAL = new URL("../../../../shared/data/scheduling/k12-mvhs/conflict_pairs.json", import.meta.url);

/** A matrix as a school would print it: 300 students of four programs, 60 courses, some favoured by a program. */
function printed(seed: number) {
  const random = new Random(seed);
  const counts: Record<string, Record<string, number>> = {};
  for (let student = 0; student < 300; student++) {
    const program = random.below(4);
    const own = new Set<string>();
    while (own.size < 6) {
      const course = random.unit() < 0.7 ? program * 15 + random.below(15) : random.below(60);
      own.add(`AB${100 + course}`);
    }
    for (const a of own) {
      counts[a] ??= {};
      for (const b of own) counts[a][b] = (counts[a][b] ?? 0) + 1;
    }
  }
  return counts;
}

test("students drawn after a matrix keep each course's requests, have no course twice, and their pairs correlate with it by 0.95 and more", () => {
  const matrix = readMatrix(printed(1));
  const drawn = drawStudents(new Random(2), matrix, 300);
  const requests = matrix.courses.map((_, course) => drawn.courses.filter((own) => own.includes(course)).length);
  expect(requests).toEqual(Array.from(matrix.requests));
  for (const own of drawn.courses) expect(new Set(own).size).toBe(own.length);
  expect(matrixSchool(2, matrix, 300, 300).correlation).toBeGreaterThan(0.95);
});

test("athletics and courses that hardly anyone asks for are left out of a matrix, and one-sided pairs count", () => {
  const matrix = readMatrix({
    AA1: { AA1: 20, BB1: 3, QO1: 9 },
    BB1: { BB1: 12 },
    CC1: { CC1: 4 },
    QO1: { QO1: 40 },
  });
  expect(matrix.courses).toEqual(["AA1", "BB1"]);
  expect(Array.from(matrix.pairs)).toEqual([0, 3, 3, 0]);
});

test.skipIf(!existsSync(REAL))(
  "schools of 1,900 and 2,400 students follow the real matrix and keep its singletons (needs ../shared/data/scheduling/k12-mvhs)",
  () => {
    const matrix = readMatrix(JSON.parse(readFileSync(REAL, "utf8")));
    const hash = (students: number) => {
      const school = matrixSchool(1, matrix, students, 1900);
      expect(school.correlation).toBeGreaterThan(0.95);
      expect(school.singletonShare).toBeGreaterThan(0.45);
      const text = [...school.files].map(([path, content]) => `${path}\n${content}`).join("\n");
      return createHash("sha256").update(text).digest("hex");
    };
    expect(hash(1900)).toBe(hash(1900));
    hash(2400);
  },
);
