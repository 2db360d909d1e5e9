import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";
import { scenarios as text } from "../../text/scenarios.ts";

export const scenarios: AreaRoutes = {
  name: common.areas.scenarios,
  href: "/scenarios",
  icon: "scenarios",
  owns: /^\/(scenarios|plans|jobs|compare)(\/|$)/,
  pages: [
    page("/scenarios", () => import("./tree.tsx")),
    page("/scenarios/new", () => import("./edit.tsx")),
    page("/scenarios/:scenarioId", () => import("./scenario.tsx")),
    page("/jobs/:jobId", () => import("./job.tsx")),
    page("/plans/:planId", () => import("./plan/plan.tsx")),
    page("/compare", () => import("./compare.tsx")),
  ],
  sub: [
    { name: text.tree.title, href: "/scenarios" },
    { name: text.compare.title, href: "/compare" },
  ],
};
