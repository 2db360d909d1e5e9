import { createRoute, z } from "@hono/zod-openapi";
import { capitalPlanAnswers, EXPORT_FORMATS } from "@trivium/intake";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { found } from "../problem.ts";
import { asked } from "../questions.ts";
import { problems } from "../responses.ts";
import { planId } from "../schemas/plan.ts";
import { showPlan } from "../show-plan.ts";

const endpoint = createRoute({
  method: "get",
  path: "/v1/plans/{plan_id}/export",
  tags: ["plans"],
  summary: "Export a plan's files",
  description:
    "A zip of the plan's tables with the district's own ids; for roles that need not know who the students are, with their pseudonyms. A plan that nobody approved is marked DRAFT.",
  request: { params: planId, query: z.strictObject({ format: z.enum(EXPORT_FORMATS).default("csv") }) },
  responses: {
    200: {
      description: "the files",
      content: { "application/zip": { schema: z.string().meta({ type: "string", format: "binary" }) } },
    },
    ...problems(404, 422, 429),
  },
});

export function exportPlan(api: Api, parts: ApiParts): void {
  const { store } = parts;
  api.openapi(endpoint, async (c) => {
    const { plan_id } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const actor = currentActor(c);
    const summary = found(await store.plans.summary(plan_id), "plan", plan_id);
    const approved = await store.approvals.isSigned(plan_id);
    const answers = await capitalPlanAnswers(summary.area, format, (question) =>
      asked(parts, actor, { op: "ask", plan_id, question }),
    );
    const archive = found(await showPlan(store, actor, summary, { format, answers, approved }), "plan", plan_id);
    return c.body(archive, 200, {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${summary.area}-${plan_id}-${format}.zip"`,
    });
  });
}
