import { requestId } from "hono/request-id";
import { type Api, type ApiParts, emptyApi } from "./api.ts";
import { audited } from "./audited.ts";
import { openApiDocument } from "./document.ts";
import { getMetrics } from "./endpoints/get-metrics.ts";
import { ENDPOINTS } from "./endpoints/index.ts";
import { bodyGuard, entityTags, ownOrigin } from "./guards.ts";
import { idempotent } from "./idempotency.ts";
import { silentLog } from "./log.ts";
import { metricsOf } from "./metrics.ts";
import { observed } from "./observe.ts";
import { disguised } from "./privacy/disguised.ts";
import { ProblemError, problemOf, problemResponse } from "./problem.ts";
import { referencePage } from "./reference-page.ts";
import { type Authentication, signedIn } from "./sign-in.ts";
import { webPages } from "./web-pages.ts";

export interface AppOptions {
  /** The server listens on the loopback only: calls by any other host name are refused. */
  readonly loopbackOnly?: boolean;
  /** Default: required. */
  readonly authentication?: Authentication;
}

/** The whole API as an app; `app.request()` calls it without a server. */
export function createApp(
  parts: ApiParts,
  { loopbackOnly = false, authentication = "required" }: AppOptions = {},
): Api {
  const api = emptyApi();
  const log = parts.log ?? silentLog;
  const metrics = metricsOf(parts);
  api.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.status === 500) log.error({ request_id: c.get("requestId"), code: problem.code, err: error }, "a bug");
    return problemResponse(c, problem);
  });
  api.use(requestId(), observed(metrics, log));
  api.use(ownOrigin(loopbackOnly));
  api.use(signedIn(api, parts.store, authentication));
  api.use(
    "/v1/*",
    entityTags,
    disguised(parts.store),
    bodyGuard(api),
    idempotent(parts.store.replies),
    audited(api, parts.store),
  );
  for (const add of ENDPOINTS) add(api, parts);
  getMetrics(api, metrics);
  const document = openApiDocument(api);
  const reference = referencePage(document);
  api.get("/openapi.json", (c) => c.json(document));
  api.get("/docs", (c) => c.html(reference));
  const page = parts.webDir === undefined ? undefined : webPages(api, parts.webDir);
  if (!page) api.get("/", (c) => c.redirect("/docs"));
  api.notFound((c) => page?.(c) ?? problemResponse(c, nothingHere(api, c.req.method, c.req.path)));
  return api;
}

/** A path that exists for other methods says so, and which. */
function nothingHere(api: Api, method: string, path: string): ProblemError {
  const methods = new Set(
    api.routes.filter((route) => route.method !== "ALL" && pattern(route.path).test(path)).map((route) => route.method),
  );
  if (methods.size === 0 || methods.has(method))
    return new ProblemError(404, "unknown-path", `there is nothing at ${path}`);
  const allowed = [...methods].join(", ");
  return new ProblemError(
    405,
    "method-not-allowed",
    `${method} cannot be done at ${path}, but ${allowed} can`,
    {},
    { Allow: allowed },
  );
}

const pattern = (route: string): RegExp => new RegExp(`^${route.replace(/:[^/]+/g, "[^/]+")}$`);
