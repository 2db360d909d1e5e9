import { z } from "@hono/zod-openapi";
import { areaSchema, districtNameSchema, roleSchema } from "@trivium/model";

const roles = z.array(roleSchema).min(1);
const areas = z.array(areaSchema).min(1).nullable().describe("null: all three");
const schools = z.array(z.string().min(1).max(200)).min(1).max(1000).nullable().describe("null: all schools");
const grant = { roles, areas: areas.default(null), schools: schools.default(null) };
const granted = { district: districtNameSchema, roles, areas, schools };
const created = { created_at: z.string(), created_by: z.string().describe("id of the account or key that made it") };

export const newSessionSchema = z
  .strictObject({ login: z.string().min(1).max(320), password: z.string().min(1).max(1000) })
  .meta({ id: "NewSession" });

export const sessionSchema = z
  .strictObject({
    id: z.string().describe("the account or key; `local` is the machine's own user"),
    ...granted,
    sees: z
      .strictObject({ homes: z.boolean(), groups: z.boolean() })
      .describe("kinds of personal data that these roles need"),
    csrf_token: z.string().nullable().describe("for X-CSRF-Token on every call that changes something; null for keys"),
  })
  .meta({ id: "Session" });

export const keySchema = z
  .strictObject({
    key_id: z.string(),
    label: z.string(),
    ...granted,
    ...created,
    expires_at: z.string().nullable(),
    revoked_at: z.string().nullable(),
    last_used_on: z.string().nullable().describe("the day"),
  })
  .meta({ id: "Key" });

export const newKeySchema = z
  .strictObject({
    label: z.string().min(1).max(200).describe("what it is for"),
    ...grant,
    expires_at: z.iso.datetime().nullable().default(null),
  })
  .meta({ id: "NewKey" });

export const madeKeySchema = z
  .strictObject({ key: keySchema, token: z.string().describe("shown once: for Authorization: Bearer …") })
  .meta({ id: "MadeKey" });

export const keyId = z.strictObject({ key_id: z.string() });

export const accountSchema = z
  .strictObject({
    account_id: z.string(),
    login: z.string(),
    name: z.string().nullable(),
    ...granted,
    signs_in_by: z.enum(["password", "provider", "invitation"]),
    ...created,
    disabled_at: z.string().nullable(),
  })
  .meta({ id: "Account" });

export const newAccountSchema = z
  .strictObject({
    login: z
      .string()
      .trim()
      .min(1)
      .max(320)
      .describe("an e-mail address, where the identity provider knows people by it"),
    name: z.string().trim().min(1).max(200).optional(),
    password: z.string().max(1000).optional().describe("absent: signs in by the district's identity provider"),
    ...grant,
  })
  .meta({ id: "NewAccount" });

export const accountChangeSchema = z
  .strictObject({
    roles: roles.optional(),
    areas: areas.optional(),
    schools: schools.optional(),
    password: z.string().max(1000).optional(),
    disabled: z.boolean().optional(),
  })
  .meta({ id: "AccountChange" });

export const accountId = z.strictObject({ account_id: z.string() });
export type SessionResource = z.infer<typeof sessionSchema>;
export type KeyResource = z.infer<typeof keySchema>;
export type NewKey = z.input<typeof newKeySchema>;
export type MadeKey = z.infer<typeof madeKeySchema>;
export type AccountResource = z.infer<typeof accountSchema>;
export type NewAccount = z.input<typeof newAccountSchema>;
export type AccountChange = z.input<typeof accountChangeSchema>;
