import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { IconName } from "./components/icons.tsx";

/** An address and the page that stands there. Parameters of the address are read by useParams(), all else that a page shows is in the query. */
export interface PageRoute {
  readonly path: string;
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** An area of the navigation; its pages are listed in pages/AREA/routes.ts, one file a page. */
export interface AreaRoutes {
  readonly name: string;
  readonly href: string;
  readonly icon: IconName;
  /** Addresses that belong to this area: the navigation marks it. */
  readonly owns: RegExp;
  readonly pages: readonly PageRoute[];
  /** Shown below the area's name while one of its pages is open. */
  readonly sub?: readonly { readonly name: string; readonly href: string }[];
}

/** A page is a module with a default export, fetched when it is first opened. */
export const page = (path: string, load: () => Promise<{ default: ComponentType }>): PageRoute => ({
  path,
  Page: lazy(load),
});
