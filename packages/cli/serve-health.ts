import { createServer } from "node:http";
import { VERSION } from "@trivium/model";
import type { Platform } from "./platform.ts";

/** `/healthz` and `/readyz` of a process that serves no API, for whoever watches over it. */
export async function serveHealth(platform: Platform, host: string, port: number): Promise<{ close(): void }> {
  const server = createServer(async ({ url }, response) => {
    const tell = (status: number, body: object) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    if (url === "/healthz") return tell(200, { ok: true, version: VERSION });
    if (url !== "/readyz") return tell(404, { ok: false });
    const [store, queue] = await Promise.allSettled([platform.store.ping(), platform.carrier.ping()]);
    const state = { store: store.status === "fulfilled", queue: queue.status === "fulfilled" };
    const ready = state.store && state.queue;
    return tell(ready ? 200 : 503, { ready, ...state });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  await promise;
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
