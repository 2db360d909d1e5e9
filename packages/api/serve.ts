import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { InputError } from "@trivium/model";
import type { ApiParts } from "./api.ts";
import { createApp } from "./app.ts";
import { startDispatch } from "./webhooks/dispatch.ts";
import { sendTo } from "./webhooks/send.ts";
import { Targets } from "./webhooks/target.ts";

export interface Serving {
  readonly url: string;
  /**
   * Takes no new connections, ends event streams (who follows a job comes back with Last-Event-ID, to another process), lets calls in
   * hand end, and breaks off what takes longer than that.
   */
  close(): Promise<void>;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
/** Calls in hand are given this long. */
const GRACE_MS = 10_000;
/** A client that is slower to send its headers, or its whole body, holds a connection for nothing. */
const HEADERS_MS = 20_000;
const REQUEST_MS = 300_000;

/**
 * Serves the API; on the loopback unless told otherwise, on any free port for 0.
 * @throws when the port is taken; InputError no-authentication where other machines could come in and nobody has been given a way in
 */
export async function serveApi(
  parts: ApiParts,
  { host = "127.0.0.1", port = 3000 }: { host?: string; port?: number } = {},
): Promise<Serving> {
  const loopbackOnly = LOOPBACK.has(host);
  if (!loopbackOnly && !(await parts.store.accounts.any()))
    throw new InputError(
      "no-authentication",
      `Trivium does not listen on ${host} while anybody could come in. Maybe \`trivium keys add\` or \`trivium users add\` first?`,
    );
  const stopping = new AbortController();
  const app = createApp(
    { ...parts, stopping: stopping.signal },
    { loopbackOnly, authentication: loopbackOnly ? "unless-alone" : "required" },
  );
  const { promise, resolve, reject } = Promise.withResolvers<Serving>();
  const serverOptions = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, (address) => {
    const name = host.includes(":") ? `[${host}]` : host;
    const dispatch = startDispatch(parts.store, sendTo(parts.targets ?? new Targets()));
    const close = async () => {
      stopping.abort();
      await Promise.all([closed(server), dispatch.stop()]);
    };
    resolve({ url: `http://${name}:${address.port}`, close });
  }) as Server;
  server.once("error", reject);
  return promise;
}

function closed(server: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  server.close((error) => {
    clearTimeout(timer);
    if (error) reject(error);
    else resolve();
  });
  server.closeIdleConnections();
  return promise;
}
