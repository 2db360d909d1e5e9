import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSbrp } from "@trivium/routing";
import { solveSbrpInThreads } from "@trivium/worker";
import {
  type Command,
  EXIT,
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
import { writeResult } from "../terminal.ts";

const RIDES = ["2700", "5400"] as const;
const SETTINGS = ["fixed", "window", "mixed"] as const;
const DEFAULT_TIME_S = 60;

export const sbrp: Command = {
  name: "sbrp",
  grammar: `--data DIR --ride ${RIDES.join("|")} --setting ${SETTINGS.join("|")} [--time S] [--iterations N] [--seed N] [--threads N] --out out.json`,
  summary:
    "Solves an instance of the public school-bus set (Schools.txt, Stops.txt) by its published rules: fewest buses.",
  options: {
    data: { type: "string", value: "DIR", help: "folder with Schools.txt and Stops.txt" },
    ride: { type: "string", value: RIDES.join("|"), help: "longest ride in seconds" },
    setting: {
      type: "string",
      value: SETTINGS.join("|"),
      help: "unloading ends at AMEARLY, up to AMLATE, or schools share runs",
    },
    ...SOLVE_OPTIONS,
    ...OUT_OPTIONS,
  },
  async run(_positionals, values, terminal) {
    const rideMaxS = Number(oneOfOption(optional(values, "ride"), "--ride", RIDES));
    const setting = oneOfOption(optional(values, "setting"), "--setting", SETTINGS);
    const iterations = numberOption(values, "iterations", 1, 1e12, true);
    const timeS = numberOption(values, "time", 0.1, 86_400) ?? (iterations === undefined ? DEFAULT_TIME_S : undefined);
    const instance = readInstance(needed(values, "data"));
    const progress = terminal.progress("sbrp");
    const interrupt = untilInterrupted(terminal);
    const { buses } = await solveSbrpInThreads(
      instance,
      { rideMaxS, setting },
      {
        limits: { timeS, iterations },
        seed: numberOption(values, "seed", 0, 0xffffffff, true),
        threads: numberOption(values, "threads", 1, 64, true),
        onProgress: progress.update,
        signal: interrupt.signal,
      },
    ).finally(() => {
      progress.end();
      interrupt.dispose();
    });
    writeResult(terminal, outPath(values), JSON.stringify({ buses }));
    terminal.say(`${buses.length} buses, ${buses.reduce((sum, bus) => sum + bus.runs.length, 0)} runs`);
    return EXIT.done;
  },
};

function readInstance(dir: string) {
  const [schools, stops] = ["Schools.txt", "Stops.txt"].map((name) => {
    const path = join(dir, name);
    if (!existsSync(path)) throw new UsageError(`${path} is not there`);
    return readFileSync(path, "utf8");
  });
  return readSbrp(schools, stops);
}
