import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "@hono/zod-openapi";
import type { Mapping, NamedMapping, ReadDistrict } from "@trivium/intake";
import type { Store } from "@trivium/store";
import type { Context } from "hono";
import { notFound, ProblemError } from "./problem.ts";
import { readUpload } from "./read-upload.ts";

const zip = z.string().meta({ type: "string", format: "binary" });

/** How a district comes in: a zip as the body, or a form with the zip and perhaps a mapping. */
export const districtBody = {
  content: {
    "application/zip": { schema: zip },
    "multipart/form-data": { schema: z.object({ district: z.any(), mapping: z.string().optional() }) },
  },
};

export const districtQuery = z.strictObject({
  mapping: z
    .string()
    .optional()
    .describe(
      "name of a saved column mapping; `none`: no saved one. Default: the saved one made for these files, if any",
    ),
});

/** Saved mappings among which the one for an upload's files is looked for. */
const REMEMBERED_MAX = 200;
const NONE = "none";

/** What came in, read and checked; `use` is called while its files are still there. */
export async function received<T>(
  c: Context,
  store: Store,
  mappingName: string | undefined,
  use: (read: ReadDistrict) => Promise<T>,
): Promise<T> {
  const { bytes, mapping } = await sent(c);
  const known = mapping === undefined ? await mappingsFor(store, mappingName) : { mapping };
  const dir = await mkdtemp(join(tmpdir(), "trivium-upload-"));
  try {
    const path = join(dir, "district.zip");
    await writeFile(path, bytes);
    return await use(await readUpload({ path, mapDir: dir, ...known }));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The mapping that the caller named, or all saved ones to choose from. */
async function mappingsFor(
  store: Store,
  name: string | undefined,
): Promise<{ mapping: Mapping } | { remembered: readonly NamedMapping[] }> {
  if (name === NONE) return { remembered: [] };
  if (name !== undefined) {
    const saved = await store.mappings.get(name);
    if (!saved) throw notFound("mapping", name);
    return { mapping: saved.mapping as Mapping };
  }
  const { items } = await store.mappings.list({ limit: REMEMBERED_MAX });
  return { remembered: items as NamedMapping[] };
}

/** The zip, and the column mapping that came with it, which intake checks. */
async function sent(c: Context): Promise<{ bytes: Uint8Array; mapping?: Mapping }> {
  if (c.req.header("Content-Type")?.toLowerCase().startsWith("application/zip"))
    return { bytes: new Uint8Array(await c.req.arrayBuffer()) };
  const { district, mapping } = await form(c);
  if (!(district instanceof File))
    throw new ProblemError(422, "no-district", "the form has no file in its part `district`");
  const bytes = new Uint8Array(await district.arrayBuffer());
  return typeof mapping === "string" ? { bytes, mapping: parsedJson(mapping) as Mapping } : { bytes };
}

async function form(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(400, "malformed-body", "the form cannot be parsed. Maybe its boundary is missing");
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(400, "malformed-body", "the part `mapping` is not JSON");
  }
}
