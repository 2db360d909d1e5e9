import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRoute, z } from "@hono/zod-openapi";
import type { Mapping } from "@trivium/intake";
import type { IntegrityReport } from "@trivium/model";
import type { Context } from "hono";
import type { Api, ApiParts } from "../api.ts";
import { ProblemError } from "../problem.ts";
import { readUpload } from "../read-upload.ts";
import { json, problems } from "../responses.ts";
import { uploadedSchema } from "../schemas/dataset.ts";

const zip = z.string().meta({ type: "string", format: "binary" });

const endpoint = createRoute({
  method: "post",
  path: "/v1/datasets",
  tags: ["datasets"],
  summary: "Upload a district",
  description:
    "A zipped district folder, as the body or as the part `district` of a form (with an optional part `mapping`, a column mapping as JSON). Errors in the data refuse it, all findings at once, and nothing is stored; the same content again is the same dataset.",
  request: {
    body: {
      content: {
        "application/zip": { schema: zip },
        "multipart/form-data": { schema: z.object({ district: z.any(), mapping: z.string().optional() }) },
      },
    },
  },
  responses: {
    201: json(uploadedSchema, "stored; Location names it"),
    ...problems(400, 413, 415, 422),
  },
});

export function uploadDataset(api: Api, { store }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { bytes, mapping } = await uploaded(c);
    const dir = await mkdtemp(join(tmpdir(), "trivium-upload-"));
    try {
      const path = join(dir, "district.zip");
      await writeFile(path, bytes);
      const { dataset, report } = await readUpload({ path, mapDir: dir, ...(mapping ? { mapping } : {}) });
      if (!dataset) throw dataErrors(report);
      const summary = await store.datasets.add(dataset, report);
      c.header("Location", `/v1/datasets/${summary.dataset_hash}`);
      return c.json({ dataset: summary, report }, 201);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
}

function dataErrors(report: IntegrityReport): ProblemError {
  return new ProblemError(422, "data-errors", `the district has ${report.errors} error(s); nothing was stored`, {
    findings: report.findings,
    report,
  });
}

/** The zip, and the column mapping that came with it, which intake checks. */
async function uploaded(c: Context): Promise<{ bytes: Uint8Array; mapping?: Mapping }> {
  if (c.req.header("Content-Type")?.startsWith("application/zip"))
    return { bytes: new Uint8Array(await c.req.arrayBuffer()) };
  const { district, mapping } = await c.req.parseBody();
  if (!(district instanceof File))
    throw new ProblemError(422, "no-district", "the form has no file in its part `district`");
  const bytes = new Uint8Array(await district.arrayBuffer());
  return typeof mapping === "string" ? { bytes, mapping: parsedJson(mapping) as Mapping } : { bytes };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(400, "malformed-body", "the part `mapping` is not JSON");
  }
}
