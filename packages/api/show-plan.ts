import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ExportFormat, ExportResources } from "@trivium/intake";
import { type Actor, InternalError, maySee } from "@trivium/model";
import type { PlanSummary, Store } from "@trivium/store";
import { ThreadPool } from "./threads/pool.ts";
import type { ShowRequest } from "./threads/show-plan.ts";

const showers = new ThreadPool<ShowRequest, Uint8Array<ArrayBuffer>>(
  new URL("./threads/show-plan.ts", import.meta.url),
  {
    atOnce: 2,
    waitingMax: 200,
    timeoutMs: 300_000,
    memoryMb: 3072,
    full: ["exports-full", "too many plans are being written out at the moment. Maybe come back in a few seconds"],
    failed: (why) => new InternalError("export-failed", `the plan could not be written out: ${why}`),
  },
);

interface Exporting {
  readonly format: ExportFormat;
  readonly answers: ExportResources["answers"];
  readonly approved: boolean;
}

const expanded = promisify(gunzip);

/** A plan as somebody may see it, as JSON, or as a zip of files; made in a thread apart, but for those who see it as it lies there. */
export async function showPlan(
  store: Store,
  actor: Actor,
  { plan_id, dataset_hash, created_at }: PlanSummary,
  exporting?: Exporting,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const plan = await store.plans.packed(plan_id);
  if (!plan) return undefined;
  if (!exporting && seesWhole(actor)) return new Uint8Array(await expanded(plan));
  const dataset = await store.datasets.packed(dataset_hash);
  const students = maySee(actor, "students") ? {} : { studentsKey: store.people.studentsKey(actor.district) };
  if (!exporting) return showers.run({ plan, dataset, actor, ...students });
  const names = maySee(actor, "names") ? { names: await store.people.names(dataset_hash) } : {};
  return showers.run({ plan, dataset, actor, ...students, export: { ...exporting, ...names, at: created_at } });
}

/** Whether there is nothing in a plan that somebody may not see. */
const seesWhole = (actor: Actor): boolean =>
  actor.schools === null && (["homes", "groups", "students"] as const).every((data) => maySee(actor, data));
