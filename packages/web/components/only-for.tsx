import type { Role } from "@trivium/model";
import { useMay } from "../data/session.tsx";
import { ReadOnlyNotice } from "./states.tsx";

/** A page's part that one role alone may see: others are told which. */
export function OnlyFor({ who, children }: { who: Role; children: React.ReactNode }) {
  return useMay()(who) ? children : <ReadOnlyNotice roles={who} />;
}
