import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset } from "@trivium/model";
import { measuredOnce } from "../../peers.ts";
import { percent, type Say } from "./words.ts";

const ORTOOLS = "ortools==9.15.6755";
const venv = fileURLToPath(new URL("../../../.cache/peers/scheduling/", import.meta.url));
const script = fileURLToPath(new URL("./cp-sat.py", import.meta.url));

/** A school of flat periods with fixed teachers, as the model wants it. */
interface FlatSchool {
  readonly periods: number;
  readonly sections: readonly { course: string; teacher: string; rooms: string; seats: number }[];
  readonly rooms: Readonly<Record<string, number>>;
  /** Periods in which a teacher can't teach. */
  readonly away: Readonly<Record<string, readonly number[]>>;
  readonly requests: readonly (readonly [student: string, course: string])[];
}

/** Period of each section, and of each request, −1 unmet. */
interface Answer {
  readonly period: readonly number[];
  readonly sits: readonly number[];
}

/** CP-SAT on the whole school as one model with two threads, as words: the share of requests met, counted by us. */
export async function cpSat(name: string, dataset: Dataset, timeS: number, say: Say): Promise<string> {
  const python = installed(say);
  if (!python) return "skipped, there is no Python";
  const school = flatSchool(dataset);
  const { met, clashes } = await measuredOnce(`${ORTOOLS.replace("==", "-")}-${name}-${timeS}s-2-threads`, async () => {
    say(`CP-SAT on ${name}, ${timeS} s …`);
    const output = execFileSync(python, [script, String(timeS), "2"], {
      input: JSON.stringify(school),
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    return counted(school, JSON.parse(output));
  });
  return clashes > 0 ? `${clashes} clashes` : percent(met / school.requests.length);
}

/** OR-Tools beside the project, once; undefined where there is no Python. */
function installed(say: Say): string | undefined {
  const python = join(venv, "bin", "python");
  const ready = join(venv, "bin", "trivium-peers-ready");
  if (existsSync(ready)) return python;
  if (spawnSync("python3", ["--version"]).status !== 0) return undefined;
  say("installing OR-Tools from PyPI into .cache/peers/scheduling …");
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "ignore" });
  run("python3", "-m", "venv", venv);
  run(python, "-m", "pip", "install", "--quiet", ORTOOLS);
  run("touch", ready);
  return python;
}

function flatSchool({ tables: t }: Dataset): FlatSchool {
  const courses = new Map(t.courses.map((row) => [row.course_id, row]));
  const kindOf = (courseId: string) => (courses.get(courseId)?.room_features ?? []).join("+");
  const kinds = [...new Set(t.courses.map((row) => kindOf(row.course_id)))];
  const fits = (kind: string) =>
    t.rooms.filter((room) => kind === "" || kind.split("+").every((each) => room.features?.includes(each))).length;
  return {
    periods: t.patterns.length,
    sections: t.sections.map((row) => ({
      course: row.course_id,
      teacher: row.teacher_id ?? "",
      rooms: kindOf(row.course_id),
      seats: row.seats_max ?? courses.get(row.course_id)?.seats_max ?? 0,
    })),
    rooms: Object.fromEntries(kinds.map((kind) => [kind, fits(kind)])),
    away: Object.fromEntries(
      t.teachers.map((row) => [
        row.teacher_id,
        t.patterns.flatMap((each, p) => (each.meetings.some((slot) => row.unavailable?.includes(slot)) ? [p] : [])),
      ]),
    ),
    requests: t.requests.filter((row) => row.kind !== "alternate").map((row) => [row.student_id, row.course_id]),
  };
}

/** Requests met, and what is not legal: students in two places, more in a course at a time than it has seats then. */
function counted(school: FlatSchool, { period, sits }: Answer): { met: number; clashes: number } {
  const busy = new Set<string>();
  const seats = new Map<string, number>();
  school.sections.forEach((section, s) => {
    const place = `${section.course}/${period[s]}`;
    seats.set(place, (seats.get(place) ?? 0) + section.seats);
  });
  let [met, clashes] = [0, 0];
  sits.forEach((p, index) => {
    if (p < 0) return;
    const [student, course] = school.requests[index];
    const left = (seats.get(`${course}/${p}`) ?? 0) - 1;
    if (busy.has(`${student}/${p}`) || left < 0) clashes++;
    busy.add(`${student}/${p}`);
    seats.set(`${course}/${p}`, left);
    met++;
  });
  return { met, clashes };
}
