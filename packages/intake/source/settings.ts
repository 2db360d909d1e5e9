import {
  AREA_FOLDER,
  AREAS,
  type Area,
  type District,
  districtSchema,
  SETTINGS_SCHEMA,
  type SettingsOf,
} from "@trivium/model";
import type { z } from "zod";
import { maybe } from "../nearest.ts";
import { areaOfFile, type FindingList, shown } from "../report.ts";
import { readJson } from "./json.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/** `district.json`; undefined where it is missing or wrong, which is a finding. */
export function readDistrictJson(files: Files, findings: FindingList): District | undefined {
  const bytes = files.get("district.json");
  if (bytes) return checked("district.json", bytes, districtSchema, findings);
  findings.add({
    code: "missing-file",
    severity: "error",
    area: "district",
    file: "district.json",
    message: `district.json is missing.${maybe("district.json", files.keys())}`,
    expected: '{ "name": …, "timezone": "America/New_York", "school_year": "2027-28" }',
    mend: "add the file",
  });
  return undefined;
}

/** The settings of each area; `{}` where there is no file, so that defaults hold. */
export function readSettings(files: Files, findings: FindingList): SettingsOf {
  const read = (area: Area): unknown => {
    const file = settingsFile(area);
    const bytes = files.get(file);
    if (!bytes) return {};
    return checked<Record<string, unknown>>(file, bytes, SETTINGS_SCHEMA[area], findings) ?? {};
  };
  return Object.fromEntries(AREAS.map((area) => [area, read(area)])) as unknown as SettingsOf;
}

export const settingsFile = (area: Area): string => `${AREA_FOLDER[area]}/settings.json`;

function checked<T>(file: string, bytes: Uint8Array, schema: z.ZodType<T>, findings: FindingList): T | undefined {
  const base = { area: areaOfFile(file), file } as const;
  const json = readJson(bytes);
  if (!json.ok) {
    findings.add({
      ...base,
      code: "bad-json",
      severity: "error",
      message: `${file} cannot be read: ${json.why}`,
      expected: "JSON in UTF-8",
      mend: "correct the file",
    });
    return undefined;
  }
  reportUnknownKeys(base, json.value, schema, findings);
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const at = issue.path.map(String).join(".");
    const value = at === "" ? json.value : valueAt(json.value, issue.path);
    findings.add({
      ...base,
      code: "bad-setting",
      severity: "error",
      ...(at === "" ? {} : { column: at }),
      ...(value === undefined ? {} : { value: shown(JSON.stringify(value)) }),
      message: `${at === "" ? file : at}: ${issue.message}`,
      expected: issue.message,
      mend: value === undefined ? "add the entry" : "correct the entry, or remove it so that its default holds",
    });
  }
  return undefined;
}

function reportUnknownKeys(
  base: { area: ReturnType<typeof areaOfFile>; file: string },
  value: unknown,
  schema: z.ZodType,
  findings: FindingList,
): void {
  const known = Object.keys((schema as z.ZodObject).shape);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    findings.add({
      ...base,
      code: "unknown-setting",
      severity: "warning",
      column: key,
      message: `${key} is kept, but nothing reads it.${maybe(key, known)}`,
      expected: known.join(", "),
      mend: "rename it if one of the expected settings is meant, else acknowledge or delete it",
    });
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  return at;
}
