import { type AreaRoutes, page } from "../../area-routes.ts";
import { admin as text } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

export const admin: AreaRoutes = {
  name: common.areas.admin,
  href: "/admin",
  icon: "admin",
  owns: /^\/admin(\/|$)/,
  pages: [
    page("/admin", () => import("./health.tsx")),
    page("/admin/jobs", () => import("./jobs.tsx")),
    page("/admin/access", () => import("./access.tsx")),
    page("/admin/audit", () => import("./audit.tsx")),
    page("/admin/webhooks", () => import("./webhooks.tsx")),
  ],
  sub: [
    { name: text.health.title, href: "/admin" },
    { name: text.jobs.title, href: "/admin/jobs" },
    { name: text.access.title, href: "/admin/access" },
    { name: text.audit.title, href: "/admin/audit" },
    { name: text.webhooks.title, href: "/admin/webhooks" },
  ],
};
