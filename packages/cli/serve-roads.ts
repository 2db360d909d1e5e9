import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RoadNetwork } from "@trivium/model";
import { answerOsrm } from "@trivium/roads";

/** Serves a road network in OSRM's v1 protocol on the loopback; 0 = any free port. */
export async function serveRoads(
  network: RoadNetwork,
  port: number,
  departS: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.method !== "GET") return send(405, { code: "InvalidMethod", message: "only GET is answered" });
    try {
      const { status, body } = await answerOsrm(network, request.url ?? "/", departS);
      send(status, body);
    } catch {
      send(500, { code: "InternalError", message: "the request could not be answered" });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
