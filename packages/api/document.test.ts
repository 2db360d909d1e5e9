import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTrial, type Trial } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

test("openapi.json is what the schemas say (write it anew with `vitest run packages/api -u`)", async () => {
  const document = await (await trial.get("/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  const file = fileURLToPath(new URL("./openapi.json", import.meta.url));
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(file);
});

test("every endpoint is in the document, with a summary and its answers", async () => {
  const document = await (await trial.get("/openapi.json")).json();
  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
  );
  const served = trial.app.routes.map(({ method, path }) => `${method} ${path}`);
  const undescribed = served.filter(
    (route) => !/^ALL |^GET \/(docs|openapi\.json)?$/.test(route) && !described.includes(route),
  );
  expect(undescribed).toEqual([]);
  expect(described.length).toBeGreaterThanOrEqual(20);
  for (const item of Object.values(document.paths as Record<string, Record<string, { summary?: string }>>))
    for (const operation of Object.values(item)) expect(operation.summary).toBeTruthy();
});

test("the reference page needs nothing from elsewhere and names every path", async () => {
  const page = await (await trial.get("/docs")).text();
  expect(page).not.toMatch(/<script|src=|href="(?!\/|#)/);
  const document = await (await trial.get("/openapi.json")).json();
  for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`);
});
