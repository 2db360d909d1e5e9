import { createRoute, z } from "@hono/zod-openapi";
import { type Column, TABLE_NAMES, TABLES, type Table, type TableName } from "@trivium/model";
import { type AsyncZippable, strToU8, zip } from "fflate";
import type { Api } from "../api.ts";
import { notFound } from "../problem.ts";
import { json, problems } from "../responses.ts";

const columnSchema = z.strictObject({
  name: z.string(),
  required: z.boolean(),
  expects: z.string().describe("what a cell holds"),
  references: z.string().nullable().describe("table.column whose values a cell must be one of"),
});
const templateSchema = z
  .strictObject({
    table: z.string(),
    file: z.string().describe("path inside the district folder"),
    key: z.array(z.string()).describe("columns that together name a row"),
    columns: z.array(columnSchema),
  })
  .meta({ id: "Template" });

export type Template = z.infer<typeof templateSchema>;

const tags = ["datasets"];

const list = createRoute({
  method: "get",
  path: "/v1/templates",
  tags,
  summary: "List the tables of a district and what their columns hold",
  responses: { 200: json(z.array(templateSchema), "every table, in the order of the data formats") },
});

const get = createRoute({
  method: "get",
  path: "/v1/templates/{table}",
  tags,
  summary: "Get a table's empty CSV, or all of them",
  description:
    "One table as CSV with its header; `all` is a zip of every table in its place, with a page that describes each column.",
  request: { params: z.strictObject({ table: z.string() }) },
  responses: {
    200: {
      description: "the header, or the zip",
      content: {
        "text/csv": { schema: z.string() },
        "application/zip": { schema: z.string().meta({ type: "string", format: "binary" }) },
      },
    },
    ...problems(404),
  },
});

export function templates(api: Api): void {
  api.openapi(list, (c) => c.json(TABLE_NAMES.map(template), 200));
  api.openapi(get, async (c) => {
    const { table } = c.req.valid("param");
    if (table === "all")
      return c.body(await allTemplates(), 200, attached("application/zip", "district-templates.zip"));
    if (!Object.hasOwn(TABLES, table)) throw notFound("table", table);
    const { file } = TABLES[table as TableName];
    return c.body(header(table as TableName), 200, attached("text/csv; charset=utf-8", file.split("/").at(-1) ?? file));
  });
}

const attached = (type: string, name: string) => ({
  "Content-Type": type,
  "Content-Disposition": `attachment; filename="${name}"`,
});

const columnsOf = (name: TableName): [string, Column][] => Object.entries((TABLES[name] as Table).columns);

const header = (name: TableName): string =>
  `${columnsOf(name)
    .map(([column]) => column)
    .join(",")}\r\n`;

function template(name: TableName): Template {
  const { file, key }: Table = TABLES[name];
  const columns = columnsOf(name).map(([column, { required, expects, references }]) => ({
    name: column,
    required,
    expects,
    references: references ? `${references.table}.${references.column}` : null,
  }));
  return { table: name, file, key: [...key], columns };
}

function allTemplates(): Promise<Uint8Array<ArrayBuffer>> {
  const files: AsyncZippable = Object.fromEntries(
    TABLE_NAMES.map((name) => [TABLES[name].file, strToU8(header(name))]),
  );
  files["COLUMNS.md"] = strToU8(TABLE_NAMES.map(described).join("\n"));
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  zip(files, (error, bytes) => (error ? reject(error) : resolve(new Uint8Array(bytes))));
  return promise;
}

function described(name: TableName): string {
  const { file, columns } = template(name);
  const rows = columns.map(
    ({ name: column, required, expects }) => `- ${required ? `**${column}**` : column}: ${expects}`,
  );
  return `## ${file}\n\n${rows.join("\n")}\n`;
}
