import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const facilities: AreaRoutes = {
  name: common.areas.facilities,
  href: "/facilities",
  icon: "facilities",
  owns: /^\/facilities(\/|$)/,
  pages: [page("/facilities", () => import("./plans.tsx"))],
};
