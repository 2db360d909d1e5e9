import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const routing: AreaRoutes = {
  name: common.areas.routing,
  href: "/routing",
  icon: "routing",
  owns: /^\/routing(\/|$)/,
  pages: [page("/routing", () => import("./plans.tsx"))],
};
