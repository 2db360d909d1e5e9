import type { Grant } from "@trivium/model";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

const text = admin.access;

/** How far a key or an account reaches. */
export const areasOf = ({ areas }: Pick<Grant, "areas">): string =>
  areas === null ? text.allAreas : areas.map((area) => common.areas[area]).join(", ");
export const schoolsOf = ({ schools }: Pick<Grant, "schools">): string =>
  schools === null ? text.allSchools : schools.join(", ");
