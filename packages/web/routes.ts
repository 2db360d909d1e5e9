import { type AreaRoutes, page } from "./area-routes.ts";
import { admin } from "./pages/admin/routes.ts";
import { district } from "./pages/district/routes.ts";
import { facilities } from "./pages/facilities/routes.ts";
import { routing } from "./pages/routing/routes.ts";
import { scenarios } from "./pages/scenarios/routes.ts";
import { scheduling } from "./pages/scheduling/routes.ts";
import { common } from "./text/common.ts";

const home: AreaRoutes = {
  name: common.areas.home,
  href: "/",
  icon: "home",
  owns: /^\/$/,
  pages: [page("/", () => import("./pages/home/overview.tsx"))],
};

/** The navigation, and every address of the app. */
export const AREAS: readonly AreaRoutes[] = [home, district, scenarios, scheduling, routing, facilities, admin];
