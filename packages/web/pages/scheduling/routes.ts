import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const scheduling: AreaRoutes = {
  name: common.areas.scheduling,
  href: "/scheduling",
  icon: "scheduling",
  owns: /^\/scheduling(\/|$)/,
  pages: [page("/scheduling", () => import("./plans.tsx"))],
};
