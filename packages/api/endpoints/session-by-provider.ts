import { createRoute, z } from "@hono/zod-openapi";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Api, ApiParts } from "../api.ts";
import { notFound, ProblemError } from "../problem.ts";
import { CALLBACK, Provider, type SignInState } from "../provider.ts";
import { problems } from "../responses.ts";
import { keepSession, overTls } from "../sign-in.ts";

const tags = ["access"];
const COOKIE = "trivium_sign_in";
const KEPT_S = 600;

const begin = createRoute({
  method: "get",
  path: "/v1/session/provider",
  tags,
  summary: "Sign in by the district's identity provider",
  description: "OpenID Connect: authorization code with PKCE. For a browser, which is sent there and comes back.",
  responses: { 302: { description: "to the provider" }, ...problems(404, 503) },
});

const end = createRoute({
  method: "get",
  path: CALLBACK,
  tags,
  summary: "Where the identity provider sends people back to",
  request: { query: z.looseObject({}) },
  responses: { 302: { description: "signed in, to the start page" }, ...problems(401, 404, 422, 503) },
});

/** Browser sessions of people whom the district's identity provider vouches for, and who were invited. */
export function sessionByProvider(api: Api, { store, provider: config }: ApiParts): void {
  const provider = config && new Provider(config);
  const needed = (): Provider => {
    if (!provider) throw notFound("identity provider", "of this server");
    return provider;
  };
  const away = (): never => {
    throw new ProblemError(503, "provider-away", "the identity provider does not answer", {}, { "Retry-After": "5" });
  };
  api.openapi(begin, async (c) => {
    const { url, kept } = await needed().begin().catch(away);
    const value = Buffer.from(JSON.stringify(kept)).toString("base64url");
    const options = { httpOnly: true, sameSite: "Lax", path: CALLBACK, secure: overTls(c), maxAge: KEPT_S } as const;
    setCookie(c, COOKIE, value, options);
    return c.redirect(url, 302);
  });
  api.openapi(end, async (c) => {
    const oidc = needed();
    const kept = keptBy(getCookie(c, COOKIE));
    deleteCookie(c, COOKIE, { path: CALLBACK, secure: overTls(c) });
    if (!kept) throw refused("this browser did not begin to sign in here, or long ago");
    const { subject, login } = await oidc.end(new URL(c.req.url).search, kept).catch(() => {
      throw refused("the identity provider's answer cannot be used. Maybe sign in again?");
    });
    const accountId = await store.accounts.signInBy(oidc.issuer, subject, login);
    const actor = accountId === undefined ? undefined : await store.accounts.actor(accountId);
    if (!actor) throw refused("the identity provider knows you, but you have not been invited here");
    keepSession(c, await store.sessions.begin(actor.id));
    await store.audit.append({ actor: actor.id, district: actor.district, action: "signed in", subject: actor.id });
    return c.redirect("/", 302);
  });
}

const refused = (detail: string) => new ProblemError(401, "sign-in-refused", detail);

function keptBy(cookie: string | undefined): SignInState | undefined {
  try {
    return z
      .strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() })
      .parse(JSON.parse(Buffer.from(cookie ?? "", "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}
