import { LOCAL, mayAct, ROLES, type Role } from "@trivium/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "./app.ts";
import { serveApi } from "./serve.ts";
import { startTrial, type Trial } from "./trial/trial.ts";

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly (Role | "public")[];
}

let trial: Trial;
let operations: Operation[];
const tokens = new Map<string, string>();
beforeAll(async () => {
  trial = await startTrial();
  const document = await (await trial.get("/openapi.json")).json();
  operations = Object.entries(document.paths as Record<string, Record<string, { "x-roles": Role[] }>>).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        roles: operation["x-roles"],
      })),
  );
  for (const role of ROLES) {
    const { token } = await trial.store.keys.add({ ...LOCAL, roles: [role], label: role, expires_at: null }, "local");
    tokens.set(role, token);
  }
});
afterAll(() => trial.close());

const call = ({ method, path }: Operation, headers: Record<string, string>) =>
  trial.app.request(path.replace(/\{\w+\}/g, "none"), { method, headers });
const bearer = (token = "") => ({ Authorization: `Bearer ${token}` });

test("every endpoint says who may call it, and answers exactly those: role by role", async () => {
  expect(operations.length).toBeGreaterThanOrEqual(30);
  for (const operation of operations) {
    const what = `${operation.method} ${operation.path}`;
    expect(operation.roles.length, what).toBeGreaterThan(0);
    const open = operation.roles.includes("public");
    for (const headers of [
      bearer("trivium.key_x.y"),
      bearer("nonsense"),
      { Cookie: "trivium_session=x" },
      {},
    ] as Record<string, string>[]) {
      const { status } = await call(operation, headers);
      if (!open) expect(status, `${what} by nobody`).toBe(401);
    }
    for (const role of ROLES) {
      const { status } = await call(operation, bearer(tokens.get(role)));
      const allowed = open || mayAct({ roles: [role] }, operation.roles as Role[]);
      if (allowed) expect([401, 403], `${what} by ${role}`).not.toContain(status);
      else expect(status, `${what} by ${role}`).toBe(403);
    }
  }
});

test("a path that the table of access does not know cannot be added", () => {
  const add = () => trial.app.openapi({ method: "get", path: "/v1/secrets", responses: {} }, (() => "all") as never);
  expect(add).toThrow("who may call GET /v1/secrets");
});

test("on the loopback the machine's own user may do everything until somebody is given a way in; elsewhere nobody may", async () => {
  const own = await startTrial();
  expect((await own.get("/v1/datasets")).status).toBe(200);
  expect((await createApp(own.parts).request("/v1/datasets")).status).toBe(401);
  await expect(serveApi(own.parts, { host: "0.0.0.0", port: 0 })).rejects.toMatchObject({ code: "no-authentication" });
  const made = await own.post("/v1/keys", { label: "first", roles: ["viewer"] });
  expect(made.status).toBe(201);
  expect((await own.get("/v1/datasets")).status).toBe(401);
  const serving = await serveApi(own.parts, { host: "0.0.0.0", port: 0 });
  const { port } = new URL(serving.url);
  const { token } = await made.json();
  expect((await fetch(`http://127.0.0.1:${port}/v1/datasets`, { headers: bearer(token) })).status).toBe(200);
  await serving.close();
  await own.close();
});

test("nobody gives away an area or a school that is not theirs", async () => {
  const grant = { ...LOCAL, roles: ["admin"] as Role[], areas: ["routing" as const], schools: ["H1"] };
  const { token } = await trial.store.keys.add({ ...grant, label: "part", expires_at: null }, "local");
  const make = (body: object) => trial.post("/v1/keys", { label: "x", roles: ["viewer"], ...body }, bearer(token));
  expect(await (await make({})).json()).toMatchObject({ key: { areas: ["routing"], schools: ["H1"] } });
  expect((await make({ areas: ["routing", "facilities"] })).status).toBe(403);
  expect((await make({ schools: ["E1"] })).status).toBe(403);
});

test("a browser's session: signed in by password, changed things only with its CSRF token, signed out for good", async () => {
  const account = { ...LOCAL, roles: ["planner"] as Role[], login: "dana@elm.org", password: "seven brown buses" };
  await trial.store.accounts.add(account, "local");
  const wrong = await trial.post("/v1/session", { login: "dana@elm.org", password: "eight brown buses" });
  expect(wrong.status).toBe(401);
  const signed = await trial.post("/v1/session", { login: "Dana@elm.org", password: "seven brown buses" });
  expect(signed.status).toBe(201);
  const cookie = signed.headers.get("Set-Cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  const session = await signed.json();
  expect(session).toMatchObject({ roles: ["planner"], sees: { homes: true, groups: true } });
  const headers = { Cookie: cookie.split(";")[0] };
  const who = await trial.app.request("/v1/session", { headers });
  expect((await who.json()).csrf_token).toBe(session.csrf_token);
  expect((await trial.post("/v1/demo", undefined, headers)).status).toBe(403);
  const csrf = { ...headers, "X-CSRF-Token": session.csrf_token };
  expect((await trial.post("/v1/demo", undefined, csrf)).status).toBe(404);
  const out = await trial.app.request("/v1/session", { method: "DELETE", headers: csrf });
  expect(out.status).toBe(204);
  expect((await trial.app.request("/v1/session", { headers })).status).toBe(401);
});

test("over TLS the session's cookie goes over TLS only, to this host only", async () => {
  const signed = await trial.app.request("https://trivium.elm.org/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ login: "dana@elm.org", password: "seven brown buses" }),
  });
  expect(signed.headers.get("Set-Cookie")).toMatch(
    /^__Host-trivium_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax/,
  );
});

test("too many wrong passwords: 429 that says when", async () => {
  const account = { ...LOCAL, roles: ["viewer"] as Role[], login: "lee@elm.org", password: "seven brown buses" };
  await trial.store.accounts.add(account, "local");
  const statuses: number[] = [];
  const guess = async (i: number) =>
    trial.post("/v1/session", { login: "lee@elm.org", password: `guess ${i} of many` });
  // However slow the machine: the wait doubles until it is longer than a try takes.
  for (let i = 0; i < 15 && !statuses.includes(429); i++) statuses.push((await guess(i)).status);
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
});
