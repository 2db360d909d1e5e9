import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";
import { TABS } from "./tabs.ts";

export const facilities: AreaRoutes = {
  name: common.areas.facilities,
  href: "/facilities",
  icon: "facilities",
  owns: /^\/facilities(\/|$)/,
  pages: [
    page("/facilities", () => import("./plans.tsx")),
    page("/facilities/assets", () => import("./assets.tsx")),
    page("/facilities/plan", () => import("./plan.tsx")),
    page("/facilities/budget", () => import("./budget.tsx")),
    page("/facilities/model", () => import("./model.tsx")),
  ],
  sub: TABS.filter(({ href }) => href !== "/facilities"),
};
