import { type Serving, serveApi } from "@trivium/api";
import { InputError } from "@trivium/model";
import type { Platform } from "./platform.ts";

/**
 * Serves the API, or says plainly that the port is taken.
 * @param orAnyPort take any free port instead, where the operator named none
 * @throws InputError port-taken
 */
export async function listen(platform: Platform, host: string, port: number, orAnyPort = false): Promise<Serving> {
  try {
    return await serveApi(platform, { host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (orAnyPort) return serveApi(platform, { host, port: 0 });
    throw new InputError(
      "port-taken",
      `port ${port} of ${host} is taken. Maybe Trivium runs already, or PORT=0 for any free one?`,
      {
        values: { host, port },
      },
    );
  }
}
