import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Explanation, Plan, Subject } from "@trivium/model";
import { client } from "./client.ts";
import { queries } from "./queries.ts";

type RoutingPlan = Plan<"routing">;
type Decisions = RoutingPlan["decisions"];
export type Run = Decisions["runs"][number];
export type RunStop = Decisions["run_stops"][number];
export type Ride = Decisions["assignments"][number];
type RouteStep = Decisions["routes"][number];
export type Places = Awaited<ReturnType<typeof client.places>>;
export type Direction = Run["direction"];

const FOREVER = { staleTime: Number.POSITIVE_INFINITY };

export const routingQueries = {
  places: (datasetHash: string) =>
    queryOptions({ queryKey: ["places", datasetHash], queryFn: () => client.places(datasetHash), ...FOREVER }),
  /** A question to a plan: the same question has the same answer. */
  answer: <A>(planId: string, question: { readonly kind: string } & Readonly<Record<string, unknown>>) =>
    queryOptions({
      queryKey: ["answer", planId, question],
      queryFn: () => client.ask({ plan_id: planId, question }) as Promise<unknown> as Promise<A>,
      ...FOREVER,
    }),
  explanation: (planId: string, subject: Subject) =>
    queryOptions<Explanation>({
      queryKey: ["explanation", planId, subject],
      queryFn: () => client.explain({ plan_id: planId, subject }),
      ...FOREVER,
    }),
};

/** A routing plan's tables, each found by what it belongs to; buses and schools in the order of their names. */
export interface RoutingTables {
  readonly plan: RoutingPlan;
  readonly runs: ReadonlyMap<string, Run>;
  readonly stopsOf: ReadonlyMap<string, readonly RunStop[]>;
  readonly ridesOf: ReadonlyMap<string, readonly Ride[]>;
  readonly shapeOf: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly dayOf: ReadonlyMap<string, readonly RouteStep[]>;
  readonly buses: readonly string[];
  readonly schools: readonly string[];
}

const made = new WeakMap<RoutingPlan, RoutingTables>();

function tablesOf(plan: RoutingPlan): RoutingTables {
  const known = made.get(plan);
  if (known) return known;
  const { runs, run_stops, assignments, routes, shapes = [] } = plan.decisions;
  const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq;
  const byName = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });
  const tables: RoutingTables = {
    plan,
    runs: new Map(runs.map((run) => [run.run_id, run])),
    stopsOf: grouped(run_stops.toSorted(bySeq), ({ run_id }) => run_id),
    ridesOf: grouped(assignments, ({ run_id }) => run_id),
    shapeOf: new Map(shapes.map(({ run_id, coordinates }) => [run_id, coordinates])),
    dayOf: grouped(routes.toSorted(bySeq), ({ bus_id }) => bus_id),
    buses: [...new Set(runs.flatMap(({ bus_id }) => bus_id ?? []))].sort(byName),
    schools: [...new Set(runs.flatMap(({ school_ids }) => school_ids))].sort(byName),
  };
  made.set(plan, tables);
  return tables;
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The plan with its tables, and the places of its district. */
export function useRouting(planId: string) {
  const plan = useQuery({ ...queries.plan(planId), select: (found) => tablesOf(found as RoutingPlan) });
  const hash = plan.data?.plan.dataset_hash ?? "";
  const places = useQuery({ ...routingQueries.places(hash), enabled: hash !== "" });
  return { plan, places };
}
