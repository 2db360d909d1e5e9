import {
  applyScenario,
  type Change,
  changeSchema,
  changesOf,
  type Dataset,
  InputError,
  onBaseline,
  type Plan,
  type RoutingWhatIf,
  routingWhatIfSchema,
  type Scenario,
  scenarioSchema,
  WHAT_IF_PRICES,
} from "@trivium/model";
import { z } from "zod";
import { numberOption, type Values } from "./command.ts";

/** Seconds after which most of what a change can win is won, where nothing else is said. */
const TIME_S = 2;

const listSchema = z.array(z.union([changeSchema, routingWhatIfSchema]));
const givenSchema = z.union([listSchema, scenarioSchema.extend({ changes: listSchema.default([]) })]);

/**
 * The plan's scenario with these changes after its own, and the limits that the command line names. What is asked for in a word (`what`) is said in changes of tables.
 * A what-if of routes changes little for families and drivers unless it says otherwise: the plan stands for today's service, and change has a price.
 */
export function changedScenario(plan: Plan, dataset: Dataset, given: unknown, values: Values): Scenario {
  const read = givenSchema.safeParse(given);
  if (!read.success)
    throw new InputError("bad-changes", `the changes: ${z.prettifyError(read.error)}. Maybe a list of {"op": …}?`);
  const { changes, settings, name } = Array.isArray(read.data)
    ? { changes: read.data, settings: {}, name: "What if" }
    : read.data;
  const { time_s: _time, iterations: _iterations, ...kept } = plan.scenario.settings;
  const iterations = numberOption(values, "iterations", 1, Number.MAX_SAFE_INTEGER, true);
  const limits = {
    time_s: numberOption(values, "time", 0.1, 86_400),
    seed: numberOption(values, "seed", 0, 0xffffffff, true),
    threads: numberOption(values, "threads", 1, 64, true),
    iterations,
  };
  const said = spelledOut(plan, dataset, changes);
  const all =
    plan.area === "routing"
      ? [...onBaseline(plan.scenario.changes, plan as Plan<"routing">), ...pricesOfChange(said), ...said]
      : [...plan.scenario.changes, ...said];
  return {
    name,
    changes: all,
    settings: {
      ...kept,
      ...(iterations === undefined ? { time_s: TIME_S } : {}),
      ...settings,
      ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
    },
  };
}

function spelledOut(plan: Plan, dataset: Dataset, changes: readonly (Change | RoutingWhatIf)[]): Change[] {
  const district = applyScenario(dataset, plan.scenario);
  return changes.flatMap((change) => {
    if ("op" in change) return [change];
    if (plan.area === "routing") return changesOf(district, plan as Plan<"routing">, change);
    throw new InputError("bad-changes", `"${change.what}" is asked of routes, and this is a ${plan.area} plan`);
  });
}

/** Prices of change where no change sets any. */
function pricesOfChange(changes: readonly Change[]): Change[] {
  const isPriced = (values: Readonly<Record<string, unknown>>) =>
    Object.keys(WHAT_IF_PRICES).some((name) => name in values);
  const given = changes.some((change) => change.op === "settings" && isPriced(change.values));
  const note = "what-if: change has a price";
  return given ? [] : [{ op: "settings", area: "routing", values: { ...WHAT_IF_PRICES }, note }];
}
