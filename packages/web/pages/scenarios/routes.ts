import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const scenarios: AreaRoutes = {
  name: common.areas.scenarios,
  href: "/scenarios",
  icon: "scenarios",
  owns: /^\/(scenarios|plans|jobs|compare)(\/|$)/,
  pages: [page("/scenarios", () => import("./tree.tsx")), page("/plans/:planId", () => import("./plan.tsx"))],
};
