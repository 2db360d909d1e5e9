import { type AreaRoutes, page } from "../../area-routes.ts";
import { admin as text } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

export const admin: AreaRoutes = {
  name: common.areas.admin,
  href: "/admin",
  icon: "admin",
  owns: /^\/admin(\/|$)/,
  pages: [page("/admin", () => import("./health.tsx")), page("/admin/jobs", () => import("./jobs.tsx"))],
  sub: [
    { name: text.health.title, href: "/admin" },
    { name: text.jobs.title, href: "/admin/jobs" },
  ],
};
