import { OpenAPIHono } from "@hono/zod-openapi";
import type { Carrier } from "@trivium/jobs";
import type { Store } from "@trivium/store";
import type { Log } from "./log.ts";
import { invalidRequest } from "./problem.ts";

/** What the API is given: the store it reads and writes, and the carrier by which it meets the workers. */
export interface ApiParts {
  readonly store: Store;
  readonly carrier: Carrier;
  /** The sample district that the server carries, to be looked at before one's own data is there. */
  readonly sampleDir?: string;
  /** Default: nothing is told. */
  readonly log?: Log;
  /** Aborts when the process begins to stop: streams end, and it is no longer ready. */
  readonly stopping?: AbortSignal;
}

export type Api = OpenAPIHono;

/** An empty app whose schemas answer with every error at once. */
export const emptyApi = (): Api =>
  new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error.issues);
    },
  });
