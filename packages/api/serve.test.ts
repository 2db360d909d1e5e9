import { request } from "node:http";
import { expect, test } from "vitest";
import { serveApi } from "./serve.ts";
import { startTrial } from "./trial/trial.ts";

test("serves on a free port of the loopback, refuses other host names, and ends although a stream is open", async () => {
  const trial = await startTrial();
  const serving = await serveApi(trial.parts, { port: 0 });
  expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  expect(await statusByName(serving.url, "rebound.example")).toBe(403);
  const { dataset } = await (await trial.upload()).json();
  const made = await trial.post("/v1/scenarios", { dataset_hash: dataset.dataset_hash, name: "endless" });
  const { scenario_id } = await made.json();
  const { job_id } = await (await trial.post("/v1/solves", { scenario_id, area: "facilities" })).json();
  const stream = await fetch(`${serving.url}/v1/jobs/${job_id}/events`);
  expect(stream.status).toBe(200);
  const followed = stream.text();
  await serving.close();
  expect(await followed).toContain("event: status");
  await expect(fetch(`${serving.url}/healthz`)).rejects.toThrow();
  await trial.close();
});

test("a port that is taken is an error, not a silent server", async () => {
  const trial = await startTrial();
  const first = await serveApi(trial.parts, { port: 0 });
  await expect(serveApi(trial.parts, { port: Number(new URL(first.url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await first.close();
  await trial.close();
});

/** The status of a call that names another host than it reaches; fetch would not send that. */
function statusByName(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}/v1/jobs`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.once("error", reject);
    call.end();
  });
}
