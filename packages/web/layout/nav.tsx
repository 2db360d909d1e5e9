import { Link } from "wouter";
import { Icon } from "../components/icons.tsx";
import { AREAS } from "../routes.ts";
import { common } from "../text/common.ts";

export function Nav({ open, path }: { open: boolean; path: string }) {
  return (
    <nav className="nav" id="menu" data-open={open} aria-label={common.menu}>
      <ul>
        {AREAS.map(({ name, href, icon, owns, sub }) => {
          const here = owns.test(path);
          return (
            <li key={href}>
              <Link href={href} aria-current={here ? "page" : undefined}>
                <Icon name={icon} />
                {name}
              </Link>
              {here && sub && (
                <ul className="nav-sub">
                  {sub.map((each) => (
                    <li key={each.href}>
                      <Link href={each.href} aria-current={path === each.href ? "page" : undefined}>
                        {each.name}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
