import { notFound } from "../problem.ts";
import type { Disguise } from "./disguise.ts";

const OF_STUDENTS = new Set(["student_id", "student_ids", "students"]);
const SUBJECTS = new Set(["student", "request"]);

/**
 * A question of somebody who knows students by pseudonyms only, with the students' own ids for whoever answers. An own id asks for
 * nobody: else it could be tried which pseudonym is whose. @throws ProblemError unknown-student
 */
export function questioned<Q>(question: Q, disguise: Disguise): Q {
  const student = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(student);
    if (typeof given !== "string") return given;
    const [pseudonymous, ...rest] = given.split(":");
    const id = disguise.idOf(pseudonymous);
    if (id === undefined) throw notFound("student", pseudonymous);
    return [id, ...rest].join(":");
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    const { kind } = value as { kind?: unknown };
    const subject = SUBJECTS.has(String(kind));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        OF_STUDENTS.has(name) || (subject && name === "id") ? student(each) : walk(each),
      ]),
    );
  };
  return walk(question) as Q;
}
