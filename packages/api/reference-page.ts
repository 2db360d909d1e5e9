import type { openApiDocument } from "./document.ts";

type Document = ReturnType<typeof openApiDocument>;

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly "x-codeSamples"?: readonly { source: string }[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; description?: string }[];
  readonly requestBody?: { content: Readonly<Record<string, { schema?: unknown }>> };
  readonly responses: Readonly<
    Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>
  >;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
h2{margin-top:2.5rem;text-transform:capitalize}details{border:1px solid #ccc;border-radius:6px;margin:.5rem 0;padding:.5rem .8rem}
summary{cursor:pointer}code,pre{font:13px/1.4 ui-monospace,monospace}pre{background:#f5f5f5;padding:.8rem;overflow:auto}
.method{display:inline-block;min-width:4em;font-weight:700;text-transform:uppercase}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}`;

/** A reference page out of the document itself: no script, no network. */
export function referencePage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = (document.tags ?? []).map(
    ({ name }) =>
      `<h2>${html(name)}</h2>${operations
        .filter(({ operation }) => operation.tags?.includes(name))
        .map(({ path, method, operation }) => operationHtml(path, method, operation))
        .join("")}`,
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="${html(name)}"><summary><code>${html(name)}</code></summary>${pre(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Trivium API</title><style>${STYLE}</style></head><body><h1>Trivium API ${html(document.info.version)}</h1>
<p>${html(document.info.description ?? "")}</p><p>The same as a document: <a href="/openapi.json">/openapi.json</a></p>
${groups.join("")}<h2>Schemas</h2>${schemas.join("")}</body></html>`;
}

function operationHtml(path: string, method: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    (each) =>
      `<tr><td><code>${html(each.name)}</code></td><td>${html(each.in)}${each.required ? ", required" : ""}</td><td>${html(each.description ?? "")}</td></tr>`,
  );
  const responses = Object.entries(operation.responses).map(
    ([status, { description, content }]) =>
      `<tr><td>${html(status)}</td><td>${html(description ?? "")}</td><td>${schemasOf(content)}</td></tr>`,
  );
  return `<details><summary><span class="method">${html(method)}</span><code>${html(path)}</code> ${html(operation.summary ?? "")}</summary>
<p>${html(operation.description ?? "")}</p>${(operation["x-codeSamples"] ?? []).map(({ source }) => `<pre>${html(source)}</pre>`).join("")}${parameters.length > 0 ? `<table>${parameters.join("")}</table>` : ""}
${operation.requestBody ? `<p>Body: ${schemasOf(operation.requestBody.content)}</p>` : ""}<table>${responses.join("")}</table></details>`;
}

function schemasOf(content: Readonly<Record<string, { schema?: unknown }>> = {}): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<code>${html(type)}</code> ${schemaHtml(schema)}`)
    .join("<br>");
}

function schemaHtml(schema: unknown): string {
  const name = (schema as { $ref?: string } | undefined)?.$ref?.split("/").at(-1);
  return name ? `<a href="#${html(name)}">${html(name)}</a>` : pre(schema);
}

const pre = (value: unknown): string => `<pre>${html(JSON.stringify(value, null, 2) ?? "")}</pre>`;

function html(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);
}
