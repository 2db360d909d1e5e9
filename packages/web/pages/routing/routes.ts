import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const routing: AreaRoutes = {
  name: common.areas.routing,
  href: "/routing",
  icon: "routing",
  owns: /^\/routing(\/|$)/,
  pages: [
    page("/routing", () => import("./plans.tsx")),
    page("/routing/:planId", () => import("./map.tsx")),
    page("/routing/:planId/runs", () => import("./runs.tsx")),
    page("/routing/:planId/day", () => import("./day.tsx")),
    page("/routing/:planId/schools", () => import("./schools.tsx")),
    page("/routing/:planId/on-time", () => import("./on-time.tsx")),
    page("/routing/:planId/dispatch", () => import("./dispatch.tsx")),
    page("/routing/:planId/compare", () => import("./compare.tsx")),
    page("/routing/:planId/files", () => import("./files.tsx")),
  ],
};
