import type { RoutingDecisions } from "@trivium/model";
import type { BusKind, RoutingProblem } from "../problem.ts";

export type Stay = RoutingDecisions["run_stops"][number];
export type RouteRow = RoutingDecisions["routes"][number];

/** Rows of each run in the order in which they are driven. */
export const staysByRun = ({ run_stops }: Pick<RoutingDecisions, "run_stops">): ReadonlyMap<string, readonly Stay[]> =>
  new Map(
    [...Map.groupBy(run_stops, (row) => row.run_id)].map(([run, rows]) => [
      run,
      rows.toSorted((a, b) => a.seq - b.seq),
    ]),
  );

/** Rows of `routes.csv` bus by bus in their order, cut into pieces: a row without a run ends one. */
export function piecesByBus(routes: readonly RouteRow[]): ReadonlyMap<string, readonly (readonly RouteRow[])[]> {
  return new Map(
    [...Map.groupBy(routes, (row) => row.bus_id)].map(([busId, rows]) => {
      const pieces: RouteRow[][] = [];
      let open: RouteRow[] = [];
      for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
        open.push(row);
        if (row.run_id) continue;
        pieces.push(open);
        open = [];
      }
      if (open.length > 0) pieces.push(open);
      return [busId, pieces];
    }),
  );
}

export const kindByBus = ({ kinds }: Pick<RoutingProblem, "kinds">): ReadonlyMap<string, BusKind> =>
  new Map(kinds.flatMap((kind) => kind.busIds.map((busId) => [busId, kind] as const)));
