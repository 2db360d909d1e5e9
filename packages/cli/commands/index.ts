import type { Command } from "../command.ts";
import { analyze } from "./analyze.ts";
import { ask } from "./ask.ts";
import { audit } from "./audit.ts";
import { backtest } from "./backtest.ts";
import { backup } from "./backup.ts";
import { check } from "./check.ts";
import { compare } from "./compare.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { explain } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { keys } from "./keys.ts";
import { restore } from "./restore.ts";
import { retention } from "./retention.ts";
import { roads } from "./roads.ts";
import { sbrp } from "./sbrp.ts";
import { serve } from "./serve.ts";
import { solve } from "./solve.ts";
import { survival } from "./survival.ts";
import { timetable } from "./timetable.ts";
import { users } from "./users.ts";
import { verify } from "./verify.ts";
import { vrp } from "./vrp.ts";
import { whatIf } from "./what-if.ts";
import { worker } from "./worker.ts";

/** All commands, in the order in which a planner meets them. */
export const commands: readonly Command[] = [
  check,
  analyze,
  solve,
  whatIf,
  verify,
  compare,
  explain,
  ask,
  exportCommand,
  survival,
  backtest,
  roads,
  sbrp,
  vrp,
  timetable,
  serve,
  worker,
  keys,
  users,
  audit,
  backup,
  restore,
  retention,
  doctor,
  demo,
];
