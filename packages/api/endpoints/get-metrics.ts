import { createRoute, z } from "@hono/zod-openapi";
import type { Api } from "../api.ts";
import type { Metrics } from "../metrics.ts";

const endpoint = createRoute({
  method: "get",
  path: "/metrics",
  tags: ["operation"],
  summary: "Figures for Prometheus",
  description:
    "Calls by endpoint, status and duration; jobs by status and the longest wait; whether store and queue answer; the process.",
  responses: { 200: { description: "in Prometheus' text format", content: { "text/plain": { schema: z.string() } } } },
});

export function getMetrics(api: Api, metrics: () => Promise<Metrics>): void {
  api.openapi(endpoint, async (c) => {
    const { type, text } = await (await metrics()).text();
    return c.text(text, 200, { "Content-Type": type });
  });
}
