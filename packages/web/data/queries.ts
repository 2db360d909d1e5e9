import { queryOptions } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import { allOf, client } from "./client.ts";

/** What is asked of the server, each by its key. Datasets and plans never change, so they are kept as long as the page is open. */
const FOREVER = { staleTime: Number.POSITIVE_INFINITY };
/** Lists that other people add to. */
const SHARED = { refetchOnWindowFocus: true, staleTime: 5_000 };

/** The two pages for whoever watches the server; not ready is an answer too. */
async function health(): Promise<{
  ready: boolean;
  store: boolean;
  queue: boolean;
  stopping: boolean;
  version: string;
}> {
  const [ready, alive] = await Promise.all([fetch("/readyz"), fetch("/healthz")]);
  return { ...(await ready.json()), ...(await alive.json()) };
}

export const queries = {
  datasets: () =>
    queryOptions({ queryKey: ["datasets"], queryFn: () => allOf((page) => client.datasets(page)), ...SHARED }),
  dataset: (hash: string) =>
    queryOptions({ queryKey: ["dataset", hash], queryFn: () => client.dataset(hash), ...FOREVER }),
  findings: (hash: string) =>
    queryOptions({ queryKey: ["findings", hash], queryFn: () => client.findings(hash), ...SHARED }),
  templates: () => queryOptions({ queryKey: ["templates"], queryFn: () => client.templates(), ...FOREVER }),
  scenarios: (dataset_hash?: string) =>
    queryOptions({
      queryKey: ["scenarios", dataset_hash ?? "all"],
      queryFn: () => allOf((page) => client.scenarios({ ...page, dataset_hash })),
      ...SHARED,
    }),
  scenario: (id: string) => queryOptions({ queryKey: ["scenario", id], queryFn: () => client.scenario(id), ...SHARED }),
  lineage: (id: string) => queryOptions({ queryKey: ["lineage", id], queryFn: () => client.lineage(id), ...SHARED }),
  plans: (scenario_id?: string) =>
    queryOptions({
      queryKey: ["plans", scenario_id ?? "all"],
      queryFn: () => allOf((page) => client.plans({ ...page, scenario_id })),
      ...SHARED,
    }),
  /** The whole plan with its tables: megabytes for a large district. */
  plan: (id: string) => queryOptions({ queryKey: ["plan", id], queryFn: () => client.plan(id), ...FOREVER }),
  approvals: (planId: string) =>
    queryOptions({ queryKey: ["approvals", planId], queryFn: () => client.approvals.of(planId), ...SHARED }),
  flags: (plan_id: string) =>
    queryOptions({
      queryKey: ["flags", plan_id],
      queryFn: () => allOf((page) => client.flags.list({ ...page, plan_id })),
      ...SHARED,
    }),
  jobs: () => queryOptions({ queryKey: ["jobs"], queryFn: () => allOf((page) => client.jobs(page)), ...SHARED }),
  keys: () => queryOptions({ queryKey: ["keys"], queryFn: () => allOf((page) => client.access.keys(page)), ...SHARED }),
  accounts: () =>
    queryOptions({ queryKey: ["accounts"], queryFn: () => allOf((page) => client.access.accounts(page)), ...SHARED }),
  webhooks: () =>
    queryOptions({ queryKey: ["webhooks"], queryFn: () => allOf((page) => client.webhooks(page)), ...SHARED }),
  deliveries: (id: string) =>
    queryOptions({
      queryKey: ["deliveries", id],
      queryFn: () => allOf((page) => client.deliveries(id, page)),
      ...SHARED,
    }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: health }),
  limits: () => queryOptions({ queryKey: ["limits"], queryFn: () => client.limits(), ...FOREVER }),
  /** `today` on either side stands for today's service. */
  comparison: (a: string, b: string) =>
    queryOptions({ queryKey: ["comparison", a, b], queryFn: () => client.compare({ a, b }), ...FOREVER }),
};

/** The newest plan of each area, out of a list that is newest first. */
export function newestByArea<P extends { area: Area; created_at: string }>(
  plans: readonly P[],
): Partial<Record<Area, P>> {
  const newest: Partial<Record<Area, P>> = {};
  for (const plan of plans)
    if (!newest[plan.area] || plan.created_at > (newest[plan.area]?.created_at ?? "")) newest[plan.area] = plan;
  return newest;
}
