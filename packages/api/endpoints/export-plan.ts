import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { createRoute, z } from "@hono/zod-openapi";
import { capitalPlanAnswers, EXPORT_FORMATS, exportPlan as writeExport } from "@trivium/intake";
import { type AsyncZippable, zip } from "fflate";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { notFound } from "../problem.ts";
import { asked } from "../questions.ts";
import { problems } from "../responses.ts";
import { planId } from "../schemas/plan.ts";
import { visiblePlan } from "../visible.ts";

const zipped = promisify<AsyncZippable, Uint8Array>(zip);

const endpoint = createRoute({
  method: "get",
  path: "/v1/plans/{plan_id}/export",
  tags: ["plans"],
  summary: "Export a plan's files",
  description: "A zip of the plan's tables with the district's own ids. A plan that nobody approved is marked DRAFT.",
  request: { params: planId, query: z.strictObject({ format: z.enum(EXPORT_FORMATS).default("csv") }) },
  responses: {
    200: {
      description: "the files",
      content: { "application/zip": { schema: z.string().meta({ type: "string", format: "binary" }) } },
    },
    ...problems(404, 422),
  },
});

export function exportPlan(api: Api, parts: ApiParts): void {
  const { store } = parts;
  api.openapi(endpoint, async (c) => {
    const { plan_id } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const plan = await store.plans.get(plan_id);
    if (!plan) throw notFound("plan", plan_id);
    const dataset = await store.datasets.get(plan.dataset_hash);
    const approved = await store.approvals.isSigned(plan_id);
    const answers = await capitalPlanAnswers(plan, format, (question) =>
      asked(parts, { op: "ask", plan_id, question }),
    );
    const dir = await mkdtemp(join(tmpdir(), "trivium-export-"));
    try {
      const seen = visiblePlan(plan, dataset, currentActor(c));
      const paths = await writeExport(seen, format, dir, { dataset, answers, approved });
      const entries = await Promise.all(paths.map(async (path) => [nameIn(dir, path), await readFile(path)] as const));
      const archive = await zipped(Object.fromEntries(entries));
      return c.body(archive as Uint8Array<ArrayBuffer>, 200, {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="${plan.area}-${plan_id}-${format}.zip"`,
      });
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
}

const nameIn = (dir: string, path: string): string => relative(dir, path).split(sep).join("/");
