import { Link, useLocation, useSearchParams } from "wouter";

/** Views of one page; which is open stands in the address as `view`, the first one where it says nothing. */
export function QueryTabs({
  label,
  views,
}: {
  label: string;
  views: readonly (readonly [view: string, name: string])[];
}) {
  const [path] = useLocation();
  const open = useView(views.map(([view]) => view));
  return (
    <nav className="tabs no-print" aria-label={label}>
      {views.map(([view, name], index) => (
        <Link
          key={view}
          href={index === 0 ? path : `${path}?view=${view}`}
          aria-current={view === open ? "page" : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

export function useView<V extends string>(views: readonly V[]): V {
  const [search] = useSearchParams();
  return views.find((view) => view === search.get("view")) ?? views[0];
}
