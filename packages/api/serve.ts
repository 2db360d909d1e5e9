import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { ApiParts } from "./api.ts";
import { createApp } from "./app.ts";

export interface Serving {
  readonly url: string;
  /** Ends open streams too: who follows a job comes back with Last-Event-ID. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Serves the API; on the loopback unless told otherwise, on any free port for 0. @throws when the port is taken */
export function serveApi(
  parts: ApiParts,
  { host = "127.0.0.1", port = 3000 }: { host?: string; port?: number } = {},
): Promise<Serving> {
  const app = createApp(parts, { loopbackOnly: LOOPBACK.has(host) });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${address.port}`, close: () => closed(server as Server) });
    }) as Server;
    server.once("error", reject);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
