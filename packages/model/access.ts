import { z } from "zod";
import { areaSchema } from "./area.ts";

/**
 * What somebody may do. Everyone reads and flags what is wrong (viewer); planners load data, make scenarios, solve and hand plans in
 * for review; approvers sign; admins look after keys, accounts, deletion and the audit log.
 */
export const roleSchema = z.enum(["viewer", "planner", "approver", "admin"]);
export type Role = z.infer<typeof roleSchema>;
export const ROLES = roleSchema.options;

/** A name of a district on this installation: one that serves a single district never says it. */
export const districtNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$|^$/, "lower-case letters, digits and dashes");

/** What an account or a key may do, and where. */
export const grantSchema = z.strictObject({
  district: districtNameSchema.default("").describe("whose data: nothing of another district is ever seen"),
  roles: z.array(roleSchema).min(1),
  areas: z.array(areaSchema).min(1).nullable().default(null).describe("null: all three"),
  schools: z.array(z.string().min(1).max(200)).min(1).nullable().default(null).describe("null: all schools"),
});
export type Grant = z.infer<typeof grantSchema>;

/** Who acts: an account, a key, or the machine's own user. The id is a pseudonym; no name is written down beside what was done. */
export interface Actor extends Grant {
  readonly id: string;
  /** Who made the key or the account; null for the machine's own user. */
  readonly made_by: string | null;
}

/** The machine's own user, where nobody else can come in. */
export const LOCAL: Actor = { id: "local", made_by: null, district: "", roles: [...ROLES], areas: null, schools: null };

/** Every role reads. */
export const mayAct = (actor: Pick<Grant, "roles">, needed: readonly Role[]): boolean =>
  needed.includes("viewer") || needed.some((role) => actor.roles.includes(role));

/**
 * Kinds of personal data, and the roles whose work needs them: routes are planned from homes, parity is judged by group, only whoever
 * carries a plan into the district's other systems needs its own ids of students (others see pseudonyms), and names are of use beside a
 * schedule that is made or signed.
 */
const NEEDED_BY = {
  homes: ["planner"],
  groups: ["planner", "approver"],
  students: ["planner"],
  names: ["planner", "approver"],
} as const satisfies Record<string, readonly Role[]>;
export type PersonalData = keyof typeof NEEDED_BY;

export const maySee = (actor: Pick<Grant, "roles">, data: PersonalData): boolean =>
  NEEDED_BY[data].some((role) => actor.roles.includes(role));
