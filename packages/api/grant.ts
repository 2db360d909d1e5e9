import type { Actor, Grant } from "@trivium/model";
import { ProblemError } from "./problem.ts";

/** Nobody gives away what they do not have: the district, areas and schools stay within those of the giver. */
export function grantedBy(actor: Actor, { roles, areas, schools }: Omit<Grant, "district">): Grant {
  const grant = { district: actor.district, roles, areas: areas ?? actor.areas, schools: schools ?? actor.schools };
  const beyond = [
    ...outside(actor.areas, grant.areas).map((area) => `the area ${area}`),
    ...outside(actor.schools, grant.schools).map((school) => `the school ${school}`),
  ];
  if (beyond.length > 0) throw new ProblemError(403, "not-yours-to-give", `${beyond[0]} is not yours to give`);
  return grant;
}

const outside = <T>(own: readonly T[] | null, given: readonly T[] | null): T[] =>
  own === null ? [] : (given ?? []).filter((each) => !own.includes(each));
