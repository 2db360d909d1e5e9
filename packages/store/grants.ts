import type { Actor, Area, Grant, Role } from "@trivium/model";
import type { GrantColumns } from "./schema.ts";

/** A grant as it lies in a row. */
export const grantColumns = (grant: Grant): Pick<GrantColumns, "district" | "roles" | "areas" | "schools"> => ({
  district: grant.district,
  roles: JSON.stringify(grant.roles),
  areas: grant.areas && JSON.stringify(grant.areas),
  schools: grant.schools && JSON.stringify(grant.schools),
});

export const grantOf = (row: Pick<GrantColumns, "district" | "roles" | "areas" | "schools">): Grant => ({
  district: row.district,
  roles: JSON.parse(row.roles) as Role[],
  areas: row.areas === null ? null : (JSON.parse(row.areas) as Area[]),
  schools: row.schools === null ? null : (JSON.parse(row.schools) as string[]),
});

export const actorOf = (id: string, row: GrantColumns): Actor => ({ id, made_by: row.created_by, ...grantOf(row) });
