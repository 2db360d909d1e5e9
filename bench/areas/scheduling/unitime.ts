import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset, SchedulingDecisions } from "@trivium/model";
import type { Say } from "./words.ts";

export const CPSOLVER = "1.4.82";
const home = fileURLToPath(new URL("../../../.cache/peers/cpsolver/", import.meta.url));

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>trivium.bench</groupId><artifactId>peer</artifactId><version>1</version>
<dependencies><dependency><groupId>org.unitime</groupId><artifactId>cpsolver</artifactId><version>${CPSOLVER}</version></dependency></dependencies></project>
`;

/** The student sectioning solver as its own test program runs it: all defaults, one thread, no seat beyond a limit. */
const settings = (timeS: number): string => `
Termination.Class=org.cpsolver.ifs.termination.GeneralTerminationCondition
Termination.StopWhenComplete=true
Termination.TimeOut=${timeS}
Comparator.Class=org.cpsolver.ifs.solution.GeneralSolutionComparator
Value.Class=org.cpsolver.ifs.heuristics.GeneralValueSelection
Variable.Class=org.cpsolver.ifs.heuristics.GeneralVariableSelection
Neighbour.Class=org.cpsolver.studentsct.heuristics.StudentSctNeighbourSelection
Extensions.Classes=org.cpsolver.ifs.extension.ConflictStatistics
Parallel.NrSolvers=1
Xml.SaveBest=true
`;

/** A master of flat periods with its students' requests: what both loaders are given. */
interface FixedMaster {
  readonly sections: readonly { readonly course: string; readonly period: number; readonly seats: number }[];
  readonly students: readonly (readonly string[])[];
}

/**
 * UniTime's loader on the sections of a plan, from Maven, with what it meets counted by us; a reason where it can't be run.
 * Only for schools of one pattern a period, without rules on students.
 */
export function unitimeLoads(
  { tables }: Dataset,
  { sections }: SchedulingDecisions,
  timeS: number,
  say: Say,
): { met: number; requests: number } | { skipped: string } {
  const classes = installed(say);
  if ("skipped" in classes) return classes;
  const patterns = tables.patterns.map(({ pattern_id }) => pattern_id);
  const asked = Map.groupBy(
    tables.requests.filter(({ kind }) => kind !== "alternate"),
    ({ student_id }) => student_id,
  );
  const master: FixedMaster = {
    sections: sections.map((row) => ({
      course: row.course_id,
      period: patterns.indexOf(row.pattern_id ?? ""),
      seats: row.seats_max ?? 0,
    })),
    students: [...asked.values()].map((rows) => rows.map(({ course_id }) => course_id)),
  };
  const folder = mkdtempSync(join(tmpdir(), "trivium-unitime-"));
  try {
    writeFileSync(join(folder, "in.xml"), xmlOf(master));
    writeFileSync(join(folder, "solver.properties"), settings(timeS));
    say(`UniTime's loader, ${timeS} s …`);
    const main = "org.cpsolver.studentsct.Test";
    execFileSync(
      "java",
      ["-Xmx2g", "-cp", join(classes.path, "*"), main, "solver.properties", "in.xml", "out", "batch"],
      {
        cwd: folder,
        stdio: "ignore",
      },
    );
    const [run] = readdirSync(join(folder, "out"));
    return counted(master, readFileSync(join(folder, "out", run, "solution.xml"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** cpsolver and what it needs, fetched by Maven from where it is told to look, once. */
function installed(say: Say): { path: string } | { skipped: string } {
  const path = join(home, "lib");
  if (!existsSync(join(path, `cpsolver-${CPSOLVER}.jar`))) {
    if (spawnSync("mvn", ["--version"]).status !== 0)
      return { skipped: "there is no Maven to fetch UniTime's cpsolver" };
    say("fetching UniTime's cpsolver by Maven into .cache/peers/cpsolver …");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "pom.xml"), POM);
    const goal = ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${path}`];
    if (spawnSync("mvn", goal, { cwd: home }).status !== 0)
      return { skipped: "Maven could not fetch UniTime's cpsolver" };
  }
  if (spawnSync("java", ["-version"]).status !== 0) return { skipped: "there is no Java to run UniTime's cpsolver" };
  return { path };
}

/** UniTime's own format: an offering a course, a subpart of all its sections; five-minute slots, an hour a period. */
function xmlOf({ sections, students }: FixedMaster): string {
  const courses = [...new Set([...sections.map(({ course }) => course), ...students.flat()])];
  const offerings = courses.map((course, index) => {
    const own = sections.flatMap((section, s) => (section.course === course ? [{ ...section, s }] : []));
    const limit = own.reduce((sum, { seats }) => sum + seats, 0);
    const rows = own.map(
      ({ s, seats, period }) =>
        `<section id="${s + 1}" limit="${seats}"><time days="1000000" start="${96 + 12 * period}" length="11" dates="1"/></section>`,
    );
    const id = index + 1;
    return `<offering id="${id}"><course id="${id}" subjectArea="C" courseNbr="${id}" limit="${limit}"/><config id="${id}" limit="${limit}"><subpart id="${id}" itype="1">${rows.join("")}</subpart></config></offering>`;
  });
  let request = 0;
  const people = students.map((own, student) => {
    const rows = own.map(
      (course, priority) =>
        `<course id="${++request}" priority="${priority}" course="${courses.indexOf(course) + 1}"/>`,
    );
    return `<student id="${student + 1}">${rows.join("")}</student>`;
  });
  return `<?xml version="1.0"?>\n<sectioning version="1.0" initiative="bench" term="year" year="2027">\n<offerings>${offerings.join("\n")}</offerings>\n<students>${people.join("\n")}</students>\n</sectioning>\n`;
}

/** Requests of its best solution that are legal: the course asked for, one class a period, a seat. */
function counted({ sections, students }: FixedMaster, xml: string): { met: number; requests: number } {
  const seats = sections.map((section) => section.seats);
  let met = 0;
  for (const [, id, body] of xml.matchAll(/<student id="(\d+)"[^>]*>([\s\S]*?)<\/student>/g)) {
    const busy = new Set<number>();
    const open = new Set(students[Number(id) - 1]);
    for (const [, section] of body.matchAll(/<best [^>]*>\s*<section id="(\d+)"/g)) {
      const { course, period } = sections[Number(section) - 1];
      if (!open.delete(course) || busy.has(period) || --seats[Number(section) - 1] < 0) continue;
      busy.add(period);
      met++;
    }
  }
  return { met, requests: students.flat().length };
}
