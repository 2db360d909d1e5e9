import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";
import { TABS } from "./tabs.ts";

export const scheduling: AreaRoutes = {
  name: common.areas.scheduling,
  href: "/scheduling",
  icon: "scheduling",
  owns: /^\/scheduling(\/|$)/,
  pages: [
    page("/scheduling", () => import("./plans.tsx")),
    page("/scheduling/board", () => import("./board.tsx")),
    page("/scheduling/unmet", () => import("./unmet.tsx")),
    page("/scheduling/one-more", () => import("./one-more.tsx")),
    page("/scheduling/conflicts", () => import("./conflicts.tsx")),
    page("/scheduling/students", () => import("./students.tsx")),
    page("/scheduling/loads", () => import("./loads.tsx")),
  ],
  sub: TABS.filter(({ href }) => href !== "/scheduling"),
};
