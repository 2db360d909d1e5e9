import type { Area, Role } from "@trivium/model";
import { Field } from "../../components/field.tsx";
import { PLAN_AREAS } from "../../data/areas.ts";
import { admin } from "../../text/admin.ts";
import { common } from "../../text/common.ts";

const text = admin.access;
const ROLES: readonly Role[] = ["viewer", "planner", "approver", "admin"];

/** What a key or an account may do, and where. */
export function GrantFields() {
  return (
    <>
      <fieldset className="cells">
        <legend className="field-label">{text.roles}</legend>
        <div className="row">
          {ROLES.map((role) => (
            <label key={role} className="check">
              <input type="checkbox" name="roles" value={role} defaultChecked={role === "viewer"} />
              {role}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="cells">
        <legend className="field-label">{text.areas}</legend>
        <div className="row">
          {PLAN_AREAS.map((area) => (
            <label key={area} className="check">
              <input type="checkbox" name="areas" value={area} defaultChecked />
              {common.areas[area]}
            </label>
          ))}
        </div>
      </fieldset>
      <Field label={text.schools} hint={text.schoolsHint} name="schools" />
    </>
  );
}

/** @throws Error where no role is chosen */
export function readGrant(form: FormData): { roles: Role[]; areas: Area[] | null; schools: string[] | null } {
  const roles = form.getAll("roles") as Role[];
  if (roles.length === 0) throw new Error(text.needRole);
  const areas = form.getAll("areas") as Area[];
  const schools = String(form.get("schools"))
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return {
    roles,
    areas: areas.length === 0 || areas.length === PLAN_AREAS.length ? null : areas,
    schools: schools.length === 0 ? null : schools,
  };
}
