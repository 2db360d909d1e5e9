import { createHash, timingSafeEqual } from "node:crypto";
import { type Actor, LOCAL, mayAct } from "@trivium/model";
import { SESSION_S, type Store } from "@trivium/store";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { accessOf, ofAllSchools } from "./access.ts";
import type { Api } from "./api.ts";
import { described } from "./described.ts";
import { ProblemError } from "./problem.ts";

/** `unless-alone`: on a machine's own loopback, as long as no account and no key has been made, its user may do everything. */
export type Authentication = "required" | "unless-alone";

const COOKIE = "trivium_session";
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/** Lets in who may call what is called, and keeps everything that the call reads and writes to their district and areas. */
export function signedIn(api: Api, store: Store, authentication: Authentication): MiddlewareHandler {
  const find = described(api);
  let alone = authentication === "unless-alone";
  return async (c, next) => {
    const endpoint = find(c.req.method, c.req.path);
    if (!endpoint) return next();
    const access = accessOf(endpoint);
    if (access === "public") return next();
    if (alone && (await store.accounts.any())) alone = false;
    const actor = (await whoCalls(c, store)) ?? (alone ? LOCAL : undefined);
    if (!actor) throw notSignedIn();
    const roles = [access].flat();
    if (!mayAct(actor, roles))
      throw new ProblemError(
        403,
        "not-allowed",
        `this needs the role ${roles.join(" or ")}; yours: ${actor.roles.join(", ")}`,
      );
    if (actor.schools !== null && ofAllSchools(endpoint))
      throw new ProblemError(403, "some-schools-only", `this is of all schools; yours: ${actor.schools.join(", ")}`);
    c.set("actor", actor);
    await store.within(actor, next);
  };
}

/** By the key that the call carries, else by the browser's session; a key or a session that is none opens nothing. */
async function whoCalls(c: Context, store: Store): Promise<Actor | undefined> {
  const given = c.req.header("Authorization");
  if (given !== undefined) {
    const actor = await store.keys.actorOf(/^Bearer +(\S+)$/i.exec(given)?.[1] ?? "");
    if (!actor) throw notSignedIn("this key opens nothing. Maybe it was revoked or has expired?");
    return actor;
  }
  const token = sessionToken(c);
  const actor = token === undefined ? undefined : await store.sessions.actorOf(token);
  if (token !== undefined && actor && !READING.has(c.req.method)) checkCsrf(c, token);
  return actor;
}

const notSignedIn = (detail = "this needs a key or a session") =>
  new ProblemError(401, "not-signed-in", detail, {}, { "WWW-Authenticate": 'Bearer realm="Trivium"' });

/** Known to pages of this site, which may read the session, and to no other's. */
export const csrfToken = (token: string): string => createHash("sha256").update(`csrf ${token}`).digest("base64url");

function checkCsrf(c: Context, token: string): void {
  const given = Buffer.from(c.req.header("X-CSRF-Token") ?? "");
  const expected = Buffer.from(csrfToken(token));
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new ProblemError(
      403,
      "csrf",
      "a session's call that changes something needs its X-CSRF-Token: see GET /v1/session",
    );
}

/** Over TLS the cookie is bound to it, and to this host alone. */
const cookieName = (c: Context): string => (overTls(c) ? `__Host-${COOKIE}` : COOKIE);
export const overTls = (c: Context): boolean =>
  new URL(c.req.url).protocol === "https:" || c.req.header("X-Forwarded-Proto") === "https";

export const sessionToken = (c: Context): string | undefined => getCookie(c, cookieName(c));

export function keepSession(c: Context, token: string): void {
  const secure = overTls(c);
  setCookie(c, cookieName(c), token, { httpOnly: true, sameSite: "Lax", path: "/", secure, maxAge: SESSION_S });
}

export const forgetSession = (c: Context): void =>
  void deleteCookie(c, cookieName(c), { path: "/", secure: overTls(c) });
