import { AREAS, type Grant, grantSchema, InputError, ROLES } from "@trivium/model";
import { z } from "zod";
import { needed, type Options, optional, type Values } from "./command.ts";

/** What a new key or account may do. */
export const GRANT_OPTIONS = {
  roles: { type: "string", value: "ROLE,…", help: ROLES.join(", ") },
  areas: { type: "string", value: "AREA,…", help: `${AREAS.join(", ")} (default: all)` },
  schools: { type: "string", value: "ID,…", help: "school ids (default: all)" },
  district: { type: "string", value: "NAME", help: "where several districts share an installation: whose data" },
} as const satisfies Options;

/** @throws InputError bad-grant */
export function grantOption(values: Values): Grant {
  const parsed = grantSchema.safeParse({
    district: optional(values, "district") ?? "",
    roles: listed(needed(values, "roles")),
    areas: listed(optional(values, "areas")) ?? null,
    schools: listed(optional(values, "schools")) ?? null,
  });
  if (!parsed.success) throw new InputError("bad-grant", `that cannot be granted:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function listed(text: string): string[];
function listed(text: string | undefined): string[] | undefined;
function listed(text: string | undefined): string[] | undefined {
  return text
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export const describeGrant = ({ district, roles, areas, schools }: Grant): string =>
  [
    roles.join("+"),
    areas ? areas.join("+") : "all areas",
    schools ? `schools ${schools.join(", ")}` : "",
    district && `district ${district}`,
  ]
    .filter(Boolean)
    .join(" · ");
