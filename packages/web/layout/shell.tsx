import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { common } from "../text/common.ts";
import { Bar } from "./bar.tsx";
import { Nav } from "./nav.tsx";

/** What every page stands in: the bar above, the areas beside. */
export function Shell({ children }: { children: React.ReactNode }) {
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // A new page: the menu of small screens closes, and who reads by keyboard or ear begins at the page's top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what is waited for
  useEffect(() => {
    setOpen(false);
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {common.skip}
      </a>
      <Bar menuOpen={open} onMenu={() => setOpen(!open)} />
      <Nav open={open} path={path} />
      <main ref={main} id="page" className="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
