import type { ComponentProps } from "react";
import { Link } from "wouter";

type Look = "main" | "danger" | "plain" | "icon" | "small";
type Looks = { look?: Look | readonly Look[] };

const classes = (look: Looks["look"] = []) => ["button", ...[look].flat().map((each) => `button-${each}`)].join(" ");

export function Button({ look, ...rest }: Looks & ComponentProps<"button">) {
  return <button type="button" className={classes(look)} {...rest} />;
}

/** Goes somewhere: looks like a button, is a link. */
export function ButtonLink({ look, href, children }: Looks & { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} className={classes(look)}>
      {children}
    </Link>
  );
}
