import { existsSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { InputError } from "@trivium/model";
import { openMap } from "@trivium/roads";
import { solveVroomInThreads } from "@trivium/worker";
import {
  type Command,
  EXIT,
  numberOption,
  OUT_OPTIONS,
  optional,
  outPath,
  SOLVE_OPTIONS,
  UsageError,
} from "../command.ts";
import { untilInterrupted } from "../interrupt.ts";
import { CACHE_DIR } from "../places.ts";
import { writeResult } from "../terminal.ts";

export const vrp: Command = {
  name: "vrp",
  grammar:
    "[--input vroom.json] [--roads MAP] [--time S] [--iterations N] [--seed N] [--threads N] [--out out.json] (without --input: stdin)",
  summary:
    "Solves a routing problem in VROOM's JSON (jobs, shipments, vehicles, matrices) and answers in VROOM's JSON, with a reason for every task left out.",
  options: {
    input: { type: "string", value: "FILE", help: "a document of VROOM's JSON; without it, standard input" },
    roads: { type: "string", value: "MAP", help: "an .osm.pbf extract to drive on where there are no matrices" },
    ...SOLVE_OPTIONS,
    ...OUT_OPTIONS,
  },
  async run(positionals, values, terminal) {
    if (positionals.length > 0)
      throw new UsageError(`not understood: ${positionals.join(" ")}. Maybe --input ${positionals[0]}`);
    const document = await readDocument(optional(values, "input"));
    const map = optional(values, "roads");
    const iterations = numberOption(values, "iterations", 1, 1e12, true);
    const timeS = numberOption(values, "time", 0.1, 86_400);
    const progress = terminal.progress("vrp");
    const interrupt = untilInterrupted(terminal);
    const answer = await solveVroomInThreads(document, {
      ...(timeS === undefined && iterations === undefined ? {} : { limits: { timeS, iterations } }),
      seed: numberOption(values, "seed", 0, 0xffffffff, true),
      threads: numberOption(values, "threads", 1, 64, true),
      ...(map === undefined ? {} : { roads: await openMap(map, { cacheDir: CACHE_DIR }) }),
      onProgress: progress.update,
      signal: interrupt.signal,
    }).finally(() => {
      progress.end();
      interrupt.dispose();
    });
    writeResult(terminal, outPath(values), JSON.stringify(answer));
    const { cost, routes, unassigned } = answer.summary;
    terminal.say(`cost ${cost}, ${routes} routes, ${unassigned} tasks left out`);
    return EXIT.done;
  },
};

async function readDocument(file: string | undefined): Promise<unknown> {
  if (file !== undefined && !existsSync(file)) throw new UsageError(`${file} is not there`);
  const json = file === undefined ? await text(process.stdin) : readFileSync(file, "utf8");
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new InputError(
      "bad-json",
      `${file ?? "stdin"} is not JSON: ${(error as Error).message}. Maybe it was cut off?`,
      {
        path: file ?? "stdin",
      },
    );
  }
}
