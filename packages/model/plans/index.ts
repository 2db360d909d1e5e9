import type { Row, Table } from "../table.ts";
import {
  planBacktest,
  planFairness,
  planForecast,
  planOutlook,
  planProjects,
  planUnmetMustDos,
  planYears,
} from "./facilities.ts";
import type { ModelCard } from "./model-card.ts";
import {
  planAssignments,
  planBells,
  planRideFairness,
  planRoutes,
  planRunStops,
  planRuns,
  planUnserved,
} from "./routing.ts";
import { planEnrollments, planParity, planSections, planUnmetRequests } from "./scheduling.ts";

/** Area → name in `decisions` → table of the export. What a plan could not do stands apart, in `unmet`. */
export const PLAN_TABLES = {
  scheduling: { sections: planSections, enrollments: planEnrollments, fairness: planParity },
  routing: {
    runs: planRuns,
    run_stops: planRunStops,
    assignments: planAssignments,
    routes: planRoutes,
    bells: planBells,
    fairness: planRideFairness,
  },
  facilities: {
    forecast: planForecast,
    outlook: planOutlook,
    plan: planProjects,
    years: planYears,
    fairness: planFairness,
    backtest: planBacktest,
  },
} as const;

/** Area → table of what the plan could not do. */
export const UNMET_TABLE = {
  scheduling: planUnmetRequests,
  routing: planUnserved,
  facilities: planUnmetMustDos,
} as const;

type Rows<T extends Record<string, Table>> = { readonly [K in keyof T]: readonly Row<T[K]>[] };

type SchedulingTables = Rows<(typeof PLAN_TABLES)["scheduling"]>;
/** `fairness` is added after the solve; a schedule made elsewhere has none. */
export type SchedulingDecisions = Pick<SchedulingTables, "sections" | "enrollments"> &
  Partial<Pick<SchedulingTables, "fairness">>;
/** `shapes` are drawn and `directions` written after the solve: run → [lon, lat] along the road, and turn by turn; `fairness` is told after it. */
export type RoutingDecisions = Rows<Omit<(typeof PLAN_TABLES)["routing"], "fairness">> &
  Partial<Rows<Pick<(typeof PLAN_TABLES)["routing"], "fairness">>> & {
    readonly shapes?: readonly RunShape[];
    readonly directions?: readonly Directions[];
  };
/** `model_card` says what the forecast rests on and how well it did on history. */
export type FacilitiesDecisions = Rows<(typeof PLAN_TABLES)["facilities"]> & { readonly model_card?: ModelCard };

export interface RunShape {
  readonly run_id: string;
  readonly coordinates: readonly (readonly [lon: number, lat: number])[];
}

/**
 * Turn by turn along a run, or along the empty drive that a row of `routes.csv` stands for. Each leg leads from one row of the run to the next
 * (an empty drive is one leg): what the driver does, and how far the way then goes, metres.
 */
export interface Directions {
  readonly run_id?: string;
  readonly bus_id?: string;
  readonly seq?: number;
  readonly legs: readonly (readonly (readonly [instruction: string, distanceM: number])[])[];
}

export interface DecisionsOf {
  scheduling: SchedulingDecisions;
  routing: RoutingDecisions;
  facilities: FacilitiesDecisions;
}

export interface UnmetOf {
  scheduling: readonly Row<typeof planUnmetRequests>[];
  routing: readonly Row<typeof planUnserved>[];
  facilities: readonly Row<typeof planUnmetMustDos>[];
}
