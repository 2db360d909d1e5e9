import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LOCAL } from "@trivium/model";
import OidcProvider from "oidc-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "./api.ts";
import { createApp } from "./app.ts";
import { startTrial, type Trial } from "./trial/trial.ts";

const PUBLIC = "http://127.0.0.1:3999";
let trial: Trial;
let app: Api;
let server: Server;
let issuer: string;

/** A real OpenID Connect server, which lets in whoever says who they are. */
beforeAll(async () => {
  trial = await startTrial();
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = {
    client_id: "trivium",
    client_secret: "of-the-client",
    redirect_uris: [`${PUBLIC}/v1/session/callback`],
  };
  const oidc = new OidcProvider(issuer, {
    clients: [client],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: `sub-${id}`, email: id, email_verified: !id.startsWith("unverified") }),
    }),
  });
  server.on("request", oidc.callback());
  const provider = { issuer, clientId: "trivium", clientSecret: "of-the-client", publicUrl: PUBLIC };
  app = createApp({ ...trial.parts, provider });
  await trial.store.accounts.add({ ...LOCAL, roles: ["planner"], login: "dana@elm.org" }, "operator");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await trial.close();
});

/** A browser that signs in at the provider as somebody: where it is sent back to. */
async function atProvider(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let hop = 0; hop < 12; hop++) {
    const response: Response = await fetch(url, {
      redirect: "manual",
      method: form ? "POST" : "GET",
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { body: form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    form = undefined;
    const next = response.headers.get("Location");
    if (next?.startsWith(PUBLIC)) return next.slice(PUBLIC.length);
    if (next) url = new URL(next, url).href;
    else {
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1] ?? "";
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? "";
      url = new URL(action, url).href;
      form = new URLSearchParams({ prompt, login, password: "any" });
    }
  }
  throw new Error("the provider sends round in circles");
}

const begin = async () => {
  const begun = await app.request("/v1/session/provider");
  expect(begun.status).toBe(302);
  const cookie = (begun.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
  return { url: begun.headers.get("Location") ?? "", headers: { Cookie: cookie } };
};

test("somebody who was invited signs in by the district's provider, and is who they are from then on", async () => {
  for (let time = 1; time <= 2; time++) {
    const { url, headers } = await begin();
    const asked = new URL(url).searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    const back = await app.request(await atProvider(url, "dana@elm.org"), { headers });
    expect(back.status).toBe(302);
    const session = back.headers.getSetCookie().find((cookie) => cookie.startsWith("trivium_session=")) ?? "";
    expect(session).toMatch(/HttpOnly/);
    const who = await app.request("/v1/session", { headers: { Cookie: session.split(";")[0] ?? "" } });
    expect(await who.json()).toMatchObject({ roles: ["planner"] });
  }
});

test("who was not invited, or has an address that nobody verified, is not let in", async () => {
  await trial.store.accounts.add({ ...LOCAL, roles: ["planner"], login: "unverified@elm.org" }, "operator");
  for (const login of ["stranger@elm.org", "unverified@elm.org"]) {
    const { url, headers } = await begin();
    const back = await app.request(await atProvider(url, login), { headers });
    expect(back.status).toBe(401);
    expect(back.headers.getSetCookie().some((cookie) => cookie.startsWith("trivium_session"))).toBe(false);
  }
});

test("an answer that this browser did not ask for opens nothing: another state, another browser, the same code twice", async () => {
  const { url, headers } = await begin();
  const back = await atProvider(url, "dana@elm.org");
  expect((await app.request(back)).status).toBe(401);
  expect((await app.request(back, { headers: (await begin()).headers })).status).toBe(401);
  expect((await app.request(back.replace(/state=[^&]+/, "state=forged"), { headers })).status).toBe(401);
  expect((await app.request(back, { headers })).status).toBe(302);
  expect((await app.request(back, { headers })).status).toBe(401);
});

test("a provider that is away is 503; a server without one has none", async () => {
  const gone = { issuer: "http://127.0.0.1:9", clientId: "t", clientSecret: "s", publicUrl: PUBLIC };
  expect((await createApp({ ...trial.parts, provider: gone }).request("/v1/session/provider")).status).toBe(503);
  expect((await createApp(trial.parts).request("/v1/session/provider")).status).toBe(404);
});
