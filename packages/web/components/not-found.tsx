import { common } from "../text/common.ts";
import { ButtonLink } from "./button.tsx";
import { EmptyState } from "./states.tsx";

export function NotFound() {
  return (
    <EmptyState title={common.notFoundTitle} action={<ButtonLink href="/">{common.home}</ButtonLink>}>
      {common.notFoundText}
    </EmptyState>
  );
}
