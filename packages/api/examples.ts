/** An example of a call, as the document shows it and a test makes it. `{name}` stands for an id that an earlier call gave. */
export interface Example {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body is this file. */
  readonly file?: string;
}

const withoutE1 = [{ op: "remove", table: "schools", where: { school_id: "E1" }, note: "closes in summer" }];
const mapping = { files: { "Sites 2027.txt": { table: "schools", delimiter: "\t", columns: { school_id: "Site" } } } };
const district = { headers: { "Content-Type": "application/zip" }, file: "district.zip" };

/** By method and path; a call that needs nothing but its path has none. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  "POST /v1/checks": district,
  "POST /v1/datasets": { ...district, headers: { ...district.headers, "Idempotency-Key": "spring-upload-1" } },
  "PUT /v1/mappings/{name}": { body: mapping },
  "DELETE /v1/mappings/{name}": { headers: { "If-Match": '"v1"' } },
  "POST /v1/datasets/{dataset_hash}/acknowledgements": {
    body: { codes: ["unknown-column"], reason: "columns of our own; nothing reads them" },
  },
  "POST /v1/scenarios": {
    body: { dataset_hash: "{dataset_hash}", name: "Without E1", changes: withoutE1, settings: { time_s: 60, seed: 1 } },
  },
  "GET /v1/scenarios": { query: "dataset_hash={dataset_hash}&limit=20" },
  "POST /v1/analyses": { body: { scenario_id: "{scenario_id}" } },
  "POST /v1/what-ifs": {
    body: {
      scenario_id: "{scenario_id}",
      area: "facilities",
      variants: [
        { name: "Ten years", changes: [{ op: "settings", area: "facilities", values: { horizon_years: 10 } }] },
        { name: "Another seed", settings: { seed: 2 } },
      ],
    },
  },
  "POST /v1/solves": { body: { scenario_id: "{scenario_id}", area: "facilities" } },
  "GET /v1/jobs": { query: "status=succeeded&limit=20" },
  "GET /v1/jobs/{job_id}/events": { headers: { "Last-Event-ID": "0" } },
  "GET /v1/plans": { query: "scenario_id={scenario_id}" },
  "GET /v1/plans/{plan_id}/export": { query: "format=csv" },
  "POST /v1/plans/{plan_id}/review": { body: { reason: "ready for the board" } },
  "POST /v1/plans/{plan_id}/approval": {
    body: { reason: "cheaper than today at the same risk", plan_hash: "{plan_hash}", compared_with: "today" },
  },
  "POST /v1/plans/{plan_id}/change-request": { body: { reason: "the boiler of H1 comes too late" } },
  "POST /v1/plans/{plan_id}/publication": { body: { reason: "adopted by the board" } },
  "POST /v1/plans/{plan_id}/withdrawal": { body: { reason: "a newer plan is on its way" } },
  "POST /v1/flags": {
    body: { plan_id: "{plan_id}", kind: "asset", item_id: "A33", reason: "was replaced last summer" },
  },
  "GET /v1/flags": { query: "state=open&limit=20" },
  "POST /v1/flags/{flag_id}/triage": {
    body: { state: "accepted", answer: "the register is mended with the next import" },
  },
  "POST /v1/comparisons": { body: { a: "today", b: "{plan_id}" } },
  "POST /v1/explanations": { body: { plan_id: "{plan_id}", subject: { kind: "asset", id: "A33" } } },
  "POST /v1/questions": { body: { plan_id: "{plan_id}", question: { kind: "wait", asset_id: "A33", years: 2 } } },
  "POST /v1/vroom": {
    body: {
      vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
      jobs: [{ id: 1, location_index: 1, service: 60 }],
      matrices: {
        car: {
          durations: [
            [0, 300],
            [320, 0],
          ],
        },
      },
    },
  },
  "POST /v1/webhooks": { body: { url: "https://93.184.216.34/trivium", events: ["job.succeeded", "job.failed"] } },
  "POST /v1/session": { body: { login: "dana@elm.org", password: "seven brown buses" } },
  "POST /v1/keys": { body: { label: "timetable export", roles: ["viewer"], areas: ["scheduling"] } },
  "POST /v1/accounts": {
    body: { login: "lee@elm.org", name: "Lee", password: "nine brown buses", roles: ["planner"] },
  },
  "PATCH /v1/accounts/{account_id}": { body: { roles: ["planner", "approver"] } },
};

interface Operation {
  requestBody?: { content: Record<string, { example?: unknown }> };
  "x-codeSamples"?: { lang: string; source: string }[];
}

/** Shows each operation's example: its body, and the whole call for a shell. */
export function withExamples<D extends { paths?: unknown }>(document: D): D {
  for (const [path, item] of Object.entries((document.paths ?? {}) as Record<string, Record<string, Operation>>))
    for (const [method, operation] of Object.entries(item)) {
      const example = EXAMPLES[`${method.toUpperCase()} ${path}`] ?? {};
      const json = operation.requestBody?.content["application/json"];
      if (json && example.body !== undefined) json.example = example.body;
      operation["x-codeSamples"] = [{ lang: "Shell", source: curl(method.toUpperCase(), path, example) }];
    }
  return document;
}

function curl(method: string, path: string, { query, headers = {}, body, file }: Example): string {
  const told = { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers };
  return [
    `curl -X ${method} "$TRIVIUM${path}${query ? `?${query}` : ""}"`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(told).map(([name, value]) => `-H '${name}: ${value}'`),
    ...(body === undefined ? [] : [`-d '${JSON.stringify(body)}'`]),
    ...(file === undefined ? [] : [`--data-binary @${file}`]),
  ].join(" ");
}
