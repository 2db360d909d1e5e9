import { InputError } from "@trivium/model";
import { aalenJohansen, type Incidence } from "./aalen-johansen.ts";
import { columnOf } from "./columns.ts";
import { exactTimes, omitted, refuseGroups, type SurvivalRequest } from "./request.ts";

interface IncidenceTable {
  readonly times: readonly number[];
  readonly incidence: readonly number[];
  readonly std_error: readonly number[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** The JSON of competing ends: the probability to have ended by each cause, by age. */
export interface IncidenceResult {
  readonly model: "aalen-johansen";
  readonly n: number;
  readonly omitted: number;
  readonly causes: Readonly<Record<string, IncidenceTable>>;
}

/**
 * Aalen–Johansen curves: the event column holds the kind of end, `eventValue` is the text that means still in service.
 * @throws InputError event-needed, event-value-needed, event-value-absent, strata-not-supported, covariates-not-supported
 */
export function incidenceResult(request: SurvivalRequest, rows: readonly number[]): IncidenceResult {
  refuseGroups(request);
  const kinds = kindsOf(request, rows);
  const names = [...new Set(kinds)].filter((kind) => kind !== request.eventValue).sort();
  const lives = exactTimes(request, rows);
  const cause = Int32Array.from(kinds, (kind) => names.indexOf(kind) + 1);
  const curves = aalenJohansen({ ...lives, cause }, names.length, request.conf);
  return {
    model: "aalen-johansen",
    n: lives.weight.reduce((sum, each) => sum + each, 0),
    omitted: omitted(request, rows),
    causes: Object.fromEntries(names.map((name, c) => [name, tableOf(curves.times, curves.causes[c])])),
  };
}

function kindsOf(request: SurvivalRequest, rows: readonly number[]): string[] {
  if (request.event === undefined)
    throw new InputError(
      "event-needed",
      "competing ends need a column that says how each life ended. Maybe --event COL",
    );
  const cells = columnOf(request.columns, request.event);
  const kinds = rows.map((row) => cells[row].trim());
  const some = [...new Set(kinds)].slice(0, 8).join(", ");
  if (request.eventValue === undefined)
    throw new InputError(
      "event-value-needed",
      `column ${request.event} holds kinds of end; which one means still in service? Maybe --event-value with one of ${some}`,
      { path: request.event },
    );
  if (kinds.includes(request.eventValue)) return kinds;
  throw new InputError(
    "event-value-absent",
    `no row of column ${request.event} holds ${request.eventValue}, which should mean still in service. Maybe one of ${some}`,
    { path: request.event, values: { value: request.eventValue } },
  );
}

function tableOf(times: Float64Array, curve: Incidence): IncidenceTable {
  const orNull = (values: Float64Array) => Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return {
    times: Array.from(times),
    incidence: Array.from(curve.incidence),
    std_error: Array.from(curve.stdError),
    lower: orNull(curve.lower),
    upper: orNull(curve.upper),
  };
}
