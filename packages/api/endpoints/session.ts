import { createRoute } from "@hono/zod-openapi";
import { type Actor, maySee } from "@trivium/model";
import type { Context } from "hono";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { clientAddress } from "../client-address.ts";
import { netOf, netsOf } from "../nets.ts";
import { ProblemError } from "../problem.ts";
import { json, jsonBody, problems } from "../responses.ts";
import { newSessionSchema, sessionSchema } from "../schemas/access.ts";
import { csrfToken, forgetSession, keepSession, sessionToken } from "../sign-in.ts";
import { SignInTries } from "../sign-in-tries.ts";

const path = "/v1/session";
const tags = ["access"];

const get = createRoute({
  method: "get",
  path,
  tags,
  summary: "Who am I, and what may I do",
  responses: { 200: json(sessionSchema, "whoever calls") },
});

const begin = createRoute({
  method: "post",
  path,
  tags,
  summary: "Sign in",
  description:
    "Sets the session's cookie. After five wrong passwords in a row each further try waits twice as long as the one before, and after a hundred from one address it waits a quarter of an hour, whichever accounts they were for: 429 with Retry-After.",
  request: { body: jsonBody(newSessionSchema) },
  responses: { 201: json(sessionSchema, "signed in"), ...problems(400, 401, 413, 415, 422, 429) },
});

const end = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Sign out",
  responses: { 204: { description: "signed out" } },
});

/** A proxy on this machine needs no setting. */
const THIS_MACHINE = ["127.0.0.0/8", "::1"];

/** Browser sessions of local accounts. */
export function session(api: Api, parts: ApiParts): void {
  const { store, trustedProxies = THIS_MACHINE, signInTries: tries = new SignInTries() } = parts;
  const proxies = netsOf(trustedProxies.map(netOf));
  api.openapi(get, (c) => c.json(resource(currentActor(c), sessionToken(c)), 200));
  api.openapi(begin, async (c) => {
    const { login, password } = c.req.valid("json");
    const address = clientAddress(c, proxies);
    const waitS = tries.begin(address);
    if (waitS > 0) throw tooOften(waitS);
    const tried = await store.accounts.signIn(login, password);
    if (!tried) throw new ProblemError(401, "wrong-password", "there is no such account, or this is not its password");
    if ("retryAfterS" in tried) throw tooOften(tried.retryAfterS);
    tries.succeeded(address);
    const session = await signedInAs(c, store, tried.accountId);
    await store.audit.append({
      actor: session.id,
      district: session.district,
      action: "signed in",
      subject: session.id,
    });
    return c.json(session, 201);
  });
  api.openapi(end, async (c) => {
    const token = sessionToken(c);
    if (token !== undefined) await store.sessions.end(token);
    forgetSession(c);
    return c.body(null, 204);
  });
}

/** Begins the session of an account: its cookie, and who that is. */
async function signedInAs(c: Context, store: ApiParts["store"], accountId: string) {
  const token = await store.sessions.begin(accountId);
  const actor = await store.accounts.actor(accountId);
  if (!actor) throw new ProblemError(401, "wrong-password", "the account has been disabled");
  keepSession(c, token);
  return resource(actor, token);
}

const tooOften = (seconds: number) =>
  new ProblemError(
    429,
    "too-many-tries",
    `too many wrong passwords: try again in ${seconds} s`,
    {},
    { "Retry-After": String(seconds) },
  );

function resource({ id, district, roles, areas, schools }: Actor, token: string | undefined) {
  const sees = { homes: maySee({ roles }, "homes"), groups: maySee({ roles }, "groups") };
  return { id, district, roles, areas, schools, sees, csrf_token: token === undefined ? null : csrfToken(token) };
}
