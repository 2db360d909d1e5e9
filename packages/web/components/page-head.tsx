import { useEffect } from "react";
import { Link } from "wouter";
import { common } from "../text/common.ts";

interface Props {
  readonly title: string;
  /** What stands below the title. */
  readonly children?: React.ReactNode;
  /** Pages above this one, outermost first. */
  readonly above?: readonly { readonly name: string; readonly href: string }[];
  /** Buttons at the end of the line. */
  readonly actions?: React.ReactNode;
}

/** The head of every page: where one is, its name (the browser's title too), and what can be done here. */
export function PageHead({ title, children, above = [], actions }: Props) {
  useEffect(() => {
    document.title = `${title} · ${common.product}`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        {above.length > 0 && (
          <ol className="crumbs no-print">
            {above.map(({ name, href }) => (
              <li key={href}>
                <Link href={href}>{name}</Link>
              </li>
            ))}
          </ol>
        )}
        <h1>{title}</h1>
        {children && <div className="muted">{children}</div>}
      </div>
      {actions && <div className="row no-print">{actions}</div>}
    </header>
  );
}
