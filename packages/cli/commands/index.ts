import type { Command } from "../command.ts";
import { ask } from "./ask.ts";
import { check } from "./check.ts";
import { compare } from "./compare.ts";
import { explain } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { roads } from "./roads.ts";
import { solve } from "./solve.ts";
import { survival } from "./survival.ts";
import { verify } from "./verify.ts";

/** All commands, in the order in which a planner meets them. */
export const commands: readonly Command[] = [
  check,
  solve,
  verify,
  compare,
  explain,
  ask,
  exportCommand,
  survival,
  roads,
];
