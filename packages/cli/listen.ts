import { type Serving, serveApi } from "@trivium/api";
import { InputError } from "@trivium/model";
import { builtWeb } from "@trivium/web";
import type { Platform } from "./platform.ts";
import type { Terminal } from "./terminal.ts";

const USUAL_PORT = 3000;

/**
 * Serves the API and the web pages, or says plainly that the port is taken.
 * @param asked the port that the operator named; where none was, the usual one, or any free one when that is taken
 * @throws InputError port-taken
 */
export async function listen(
  platform: Platform,
  host: string,
  asked: number | undefined,
  terminal: Terminal,
): Promise<Serving> {
  const port = asked ?? USUAL_PORT;
  const parts = { ...platform, webDir: await builtWeb(platform.cacheDir, terminal.say) };
  try {
    return await serveApi(parts, { host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (asked === undefined) return serveApi(parts, { host, port: 0 });
    throw new InputError(
      "port-taken",
      `port ${port} of ${host} is taken. Maybe Trivium runs already, or PORT=0 for any free one?`,
      {
        values: { host, port },
      },
    );
  }
}
