import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";

export const district: AreaRoutes = {
  name: common.areas.district,
  href: "/district",
  icon: "district",
  owns: /^\/district(\/|$)/,
  pages: [page("/district", () => import("./datasets.tsx"))],
};
