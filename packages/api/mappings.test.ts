import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FILES, startTrial, type Trial, zipOf } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const { "schools.csv": schools, ...rest } = FILES;
const SIS = { ...rest, "Sites 2027.txt": schools.replaceAll(",", "\t").replace("school_id", "Site") };
const MAPPING = { files: { "Sites 2027.txt": { table: "schools", delimiter: "\t", columns: { school_id: "Site" } } } };
const put = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  trial.app.request(`/v1/mappings/${encodeURIComponent(name)}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const zip = (path: string, files: Record<string, string>) =>
  trial.app.request(path, { method: "POST", headers: { "Content-Type": "application/zip" }, body: zipOf(files) });

test("a saved mapping is remembered: the next upload of the same files is read by it", async () => {
  expect((await zip("/v1/datasets", SIS)).status).toBe(422);
  const saved = await put("Our SIS", MAPPING);
  expect(saved.status).toBe(201);
  const uploaded = await zip("/v1/datasets", SIS);
  expect(uploaded.status).toBe(201);
  expect(await uploaded.json()).toMatchObject({ mapping: "Our SIS", report: { rows: { "Sites 2027.txt": 2 } } });
  expect((await zip("/v1/datasets?mapping=none", SIS)).status).toBe(422);
  expect((await zip("/v1/datasets?mapping=Our%20SIS", SIS)).status).toBe(201);
  expect((await zip("/v1/datasets?mapping=Theirs", SIS)).status).toBe(404);
  const own = await (await zip("/v1/datasets", FILES)).json();
  expect(own.mapping).toBeUndefined();
});

test("a mapping is replaced and forgotten only by those who saw what is there", async () => {
  const created = await put("Buses", MAPPING);
  expect(created.headers.get("ETag")).toBe('"v1"');
  expect((await put("Buses", MAPPING)).status).toBe(428);
  const replaced = await put("Buses", MAPPING, { "If-Match": '"v1"' });
  expect(replaced.status).toBe(200);
  expect((await replaced.json()).version).toBe(2);
  expect((await put("Buses", MAPPING, { "If-Match": '"v1"' })).status).toBe(412);
  expect((await trial.get("/v1/mappings/Buses")).headers.get("ETag")).toBe('"v2"');
  const remove = (headers: Record<string, string>) =>
    trial.app.request("/v1/mappings/Buses", { method: "DELETE", headers });
  expect((await remove({})).status).toBe(428);
  expect((await remove({ "If-Match": '"v1"' })).status).toBe(412);
  expect((await remove({ "If-Match": '"v2"' })).status).toBe(204);
  expect((await remove({ "If-Match": '"v2"' })).status).toBe(404);
  const wrong = await put("Wrong", { files: { "a.csv": { table: "schools", columns: { no_such: "x" } } } });
  expect(await wrong.json()).toMatchObject({ status: 422, code: "bad-mapping" });
});

test("a district is checked without being kept, errors and all", async () => {
  const before = (await (await trial.get("/v1/datasets")).json()).items.length;
  const checked = await zip("/v1/checks", { ...FILES, "students.csv": "student_id,school_id,grade\nS1,X9,13\n" });
  expect(checked.status).toBe(200);
  expect((await checked.json()).report).toMatchObject({ errors: 2, dataset_hash: null });
  expect((await (await trial.get("/v1/datasets")).json()).items).toHaveLength(before);
});

test("the templates are a district's empty tables: filled in they are read, and each column is described", async () => {
  const listed = await (await trial.get("/v1/templates")).json();
  expect(listed.find(({ table }: { table: string }) => table === "students").columns).toContainEqual({
    name: "school_id",
    required: true,
    expects: "a school_id of schools",
    references: "schools.school_id",
  });
  const header = await (await trial.get("/v1/templates/schools")).text();
  expect(header).toMatch(/^school_id,name,level,lat,lon,.*\r\n$/);
  const all = unzipSync(new Uint8Array(await (await trial.get("/v1/templates/all")).arrayBuffer()));
  expect(Object.keys(all)).toHaveLength(listed.length + 1);
  const filled = { ...FILES, "schools.csv": `${header}H1,Elm High,high,40.27,-76.88,,,,,\r\n` };
  expect((await zip("/v1/datasets", filled)).status).toBe(201);
  expect((await trial.get("/v1/templates/constructor")).status).toBe(404);
});
