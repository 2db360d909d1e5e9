import { type AreaRoutes, page } from "../../area-routes.ts";
import { common } from "../../text/common.ts";
import { district as text } from "../../text/district.ts";

export const district: AreaRoutes = {
  name: common.areas.district,
  href: "/district",
  icon: "district",
  owns: /^\/district(\/|$)/,
  pages: [
    page("/district", () => import("./datasets.tsx")),
    page("/district/upload", () => import("./upload.tsx")),
    page("/district/templates", () => import("./templates.tsx")),
    page("/district/:hash", () => import("./dataset.tsx")),
  ],
  sub: [
    { name: text.datasets.table, href: "/district" },
    { name: text.upload.title, href: "/district/upload" },
    { name: text.templates.title, href: "/district/templates" },
  ],
};
