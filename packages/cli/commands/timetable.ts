import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readTimetableInstance, writeTimetableSolution } from "@trivium/intake";
import { InputError, type TimetableSolution } from "@trivium/model";
import { verifyTimetable } from "@trivium/verify";
import { solveTimetableInThreads } from "@trivium/worker";
import {
  type Command,
  EXIT,
  JSON_OPTION,
  needed,
  numberOption,
  OUT_OPTIONS,
  oneOfOption,
  optional,
  outPath,
  SOLVE_OPTIONS,
  UsageError,
} from "../command.ts";
import { untilInterrupted } from "../interrupt.ts";
import { writeResult, writeWhole } from "../terminal.ts";

const FORMATS = ["itc2019"] as const;
const DEFAULT_TIME_S = 180;
const TECHNIQUE = "Iterative forward search, then simulated annealing with ejection chains and student swaps";

export const timetable: Command = {
  name: "timetable",
  grammar: `--input instance.xml[.gz] --format ${FORMATS.join("|")} [--time S] [--iterations N] [--seed N] [--threads N] [--author NAME] [--institution NAME] [--country NAME] --out solution.xml`,
  summary:
    "Solves a university course timetabling problem of the International Timetabling Competition 2019: times, rooms and students' classes.",
  options: {
    input: { type: "string", value: "FILE", help: "the instance, XML or gzipped XML" },
    format: { type: "string", value: FORMATS.join("|"), help: "how the instance is written" },
    ...SOLVE_OPTIONS,
    seconds: { type: "string", value: "SECONDS", help: "the same as --time" },
    author: { type: "string", value: "NAME", help: "author to be named in the solution" },
    institution: { type: "string", value: "NAME", help: "institution to be named in the solution" },
    country: { type: "string", value: "NAME", help: "country to be named in the solution" },
    ...JSON_OPTION,
    ...OUT_OPTIONS,
  },
  async run(positionals, values, terminal) {
    if (positionals.length > 0)
      throw new UsageError(`not understood: ${positionals.join(" ")}. Maybe --input ${positionals[0]}`);
    oneOfOption(optional(values, "format"), "--format", FORMATS);
    const input = needed(values, "input");
    const iterations = numberOption(values, "iterations", 1, 1e12, true);
    const given = numberOption(values, "time", 0.1, 86_400) ?? numberOption(values, "seconds", 0.1, 86_400);
    const timeS = given ?? (iterations === undefined ? DEFAULT_TIME_S : undefined);
    const threads = numberOption(values, "threads", 1, 64, true) ?? 1;
    const instance = readTimetableInstance(readXml(input), input);
    const progress = terminal.progress("timetable");
    const interrupt = untilInterrupted(terminal);
    const begun = performance.now();
    const solved = await solveTimetableInThreads(instance, {
      limits: { timeS, iterations },
      seed: numberOption(values, "seed", 0, 0xffffffff, true),
      threads,
      onProgress: progress.update,
      signal: interrupt.signal,
    }).finally(() => {
      progress.end();
      interrupt.dispose();
    });
    if (solved.status !== "feasible") {
      terminal.say(`no legal timetable: ${solved.reason}`);
      if (values.json) terminal.print(JSON.stringify({ status: solved.status, reason: solved.reason }));
      return solved.status === "infeasible" ? EXIT.infeasible : EXIT.noPlan;
    }
    const solution: TimetableSolution = {
      name: instance.name,
      runtimeS: Math.round((performance.now() - begun) / 100) / 10,
      cores: threads,
      technique: TECHNIQUE,
      author: optional(values, "author") ?? "Trivium",
      institution: optional(values, "institution") ?? "Trivium",
      country: optional(values, "country") ?? "",
      classes: solved.classes,
    };
    const { verification, penalty } = verifyTimetable(instance, solution);
    const xml = writeTimetableSolution(solution);
    const out = outPath(values);
    if (!values.json) writeResult(terminal, out, xml);
    else {
      if (out !== undefined) writeWhole(out, xml);
      terminal.print(
        JSON.stringify({
          status: "feasible",
          penalty,
          violations: verification.violations,
          iterations: solved.iterations,
        }),
      );
    }
    const { total, time, room, distribution, student } = penalty;
    terminal.say(`penalty ${total}: time ${time}, room ${room}, distribution ${distribution}, student ${student}`);
    for (const { message } of verification.violations.slice(0, 10)) terminal.say(`violated: ${message}`);
    return verification.ok ? EXIT.done : EXIT.verificationFailed;
  },
};

function readXml(path: string): string {
  if (!existsSync(path)) throw new UsageError(`${path} is not there`);
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    throw new InputError("bad-gzip", `${path} cannot be unpacked: ${(error as Error).message}. Maybe it was cut off?`, {
      path,
    });
  }
}
