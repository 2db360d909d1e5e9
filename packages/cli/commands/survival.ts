import { fitSurvival, SURVIVAL_MODELS, type SurvivalRequest } from "@trivium/facilities";
import { type Command, EXIT, JSON_OPTION, needed, OUT_OPTIONS, oneOfOption, optional, outPath } from "../command.ts";
import { readColumns } from "../read-columns.ts";
import { renderSurvival } from "../survival.ts";
import { writeResult } from "../terminal.ts";

export const survival: Command = {
  name: "survival",
  grammar:
    "--data file.csv --duration COL (or --lower COL --upper COL) --event COL [--event-value V] [--entry COL] [--weights COL] [--covariates a,b] [--strata COL] [--cluster COL] [--id COL] --model MODEL [--ties efron|breslow] [--conf log|log-log] [--json]",
  summary: "Fits a survival or repair model to any CSV: right, left and interval censoring, delayed entry, weights.",
  options: {
    data: { type: "string", value: "FILE", help: "CSV with a header" },
    model: { type: "string", value: "MODEL", help: SURVIVAL_MODELS.join(" | ") },
    duration: { type: "string", value: "COL", help: "age or time when last seen" },
    lower: { type: "string", value: "COL", help: "last known standing (empty: failed before upper)" },
    upper: { type: "string", value: "COL", help: "first known failed (empty: still standing)" },
    event: {
      type: "string",
      value: "COL",
      help: "1/0 or TRUE/FALSE: failed or still in service (aalen-johansen: the kind of end)",
    },
    "event-value": {
      type: "string",
      value: "V",
      help: "the text that means failed, where it is not 1/0 (aalen-johansen: still in service)",
    },
    entry: { type: "string", value: "COL", help: "age when first seen (left truncation)" },
    weights: { type: "string", value: "COL", help: "how many units a row stands for" },
    covariates: { type: "string", value: "A,B", help: "columns; text becomes dummies against its first value" },
    strata: { type: "string", value: "COL", help: "a curve or a baseline for each value" },
    cluster: { type: "string", value: "COL", help: "Cox: rows that depend on each other, for the robust errors" },
    id: {
      type: "string",
      value: "COL",
      help: "mcf, power-law: rows of one value are one unit's events and its last look",
    },
    ties: { type: "string", value: "efron|breslow", help: "Cox: how ties are handled (efron)" },
    conf: { type: "string", value: "log|log-log", help: "km, turnbull, aalen-johansen: scale of the bands (log)" },
    ...OUT_OPTIONS,
    ...JSON_OPTION,
  },
  async run(_positionals, values, terminal) {
    const text = (name: string) => optional(values, name);
    const request: SurvivalRequest = {
      model: oneOfOption(text("model"), "--model", SURVIVAL_MODELS),
      columns: readColumns(needed(values, "data")),
      duration: text("duration"),
      lower: text("lower"),
      upper: text("upper"),
      event: text("event"),
      eventValue: text("event-value"),
      entry: text("entry"),
      weights: text("weights"),
      covariates: text("covariates")
        ?.split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
      strata: text("strata"),
      cluster: text("cluster"),
      id: text("id"),
      ...(text("ties") === undefined
        ? {}
        : { ties: oneOfOption(text("ties"), "--ties", ["efron", "breslow"] as const) }),
      ...(text("conf") === undefined ? {} : { conf: oneOfOption(text("conf"), "--conf", ["log", "log-log"] as const) }),
    };
    const result = fitSurvival(request);
    writeResult(terminal, outPath(values), values.json ? JSON.stringify(result, null, 2) : renderSurvival(result));
    return EXIT.done;
  },
};
