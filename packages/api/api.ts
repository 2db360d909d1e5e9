import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import type { Carrier } from "@trivium/jobs";
import type { QueueLimit, Store } from "@trivium/store";
import { accessOf } from "./access.ts";
import type { Log } from "./log.ts";
import { invalidRequest } from "./problem.ts";
import type { ProviderConfig } from "./provider.ts";
import { problems } from "./responses.ts";
import type { SignInTries } from "./sign-in-tries.ts";
import type { Targets } from "./webhooks/target.ts";

/** What the API is given: the store it reads and writes, and the carrier by which it meets the workers. */
export interface ApiParts {
  readonly store: Store;
  readonly carrier: Carrier;
  /** The district's identity provider, where people sign in by it. */
  readonly provider?: ProviderConfig;
  /** How many solves may wait. Default: a thousand, of one person five hundred. */
  readonly queueLimit?: QueueLimit;
  /** The sample district that the server carries, to be looked at before one's own data is there. */
  readonly sampleDir?: string;
  /** The built web pages, where this server shows them. Default: the API alone. */
  readonly webDir?: string;
  /** Vector tiles of a road map's file, for maps to be drawn on; null where no road is. Default: maps have no roads. */
  readonly roadTile?: (mapPath: string, address: { z: number; x: number; y: number }) => Promise<Uint8Array | null>;
  /** Default: nothing is told. */
  readonly log?: Log;
  /** Where webhooks may go; default: only to public addresses. */
  readonly targets?: Targets;
  /** Proxies whose word on where a call comes from is taken: addresses and networks. Default: those on this machine. */
  readonly trustedProxies?: readonly string[];
  /** Passwords tried so far, by where from. Default: none. */
  readonly signInTries?: SignInTries;
  /** Aborts when the process begins to stop: streams end, and it is no longer ready. */
  readonly stopping?: AbortSignal;
}

export type Api = OpenAPIHono;

/** An empty app whose schemas answer with every error at once, and whose endpoints say who may call them. */
export function emptyApi(): Api {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues);
    },
  });
  const add = api.openapi;
  api.openapi = ((route: RouteConfig, ...rest: never[]) => {
    Object.assign(route, guarded(route));
    return (add as (...args: unknown[]) => unknown)(route, ...rest);
  }) as typeof add;
  return api;
}

/** What the table of access says of an endpoint, in its description. */
function guarded(route: RouteConfig): Partial<RouteConfig> {
  const access = accessOf(route);
  const security: Record<string, string[]>[] = access === "public" ? [] : [{ key: [] }, { session: [] }];
  const refusals = access === "public" ? {} : problems(401, 403);
  return { "x-roles": [access].flat(), security, responses: { ...route.responses, ...refusals } };
}
