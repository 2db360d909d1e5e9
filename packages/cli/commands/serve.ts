import { type Command, EXIT, numberOption, optional } from "../command.ts";
import { describeEnvironment, readEnvironment, shownEnvironment } from "../environment.ts";
import { untilStopped } from "../interrupt.ts";
import { listen } from "../listen.ts";
import { openPlatform } from "../platform.ts";

export const serve: Command = {
  name: "serve",
  grammar: "[--port N] [--host ADDRESS]",
  summary: "Serves the API. Without REDIS_URL this process also solves; with it, `trivium worker` does.",
  options: {
    port: { type: "string", value: "N", help: "port (PORT, else 3000; 0: any free one)" },
    host: {
      type: "string",
      value: "ADDRESS",
      help: "address to listen on (HOST, else 127.0.0.1); beyond the loopback once there is a key or an account",
    },
  },
  async run(_positionals, values, terminal) {
    const environment = readEnvironment();
    const host = optional(values, "host") ?? environment.HOST;
    const port = numberOption(values, "port", 0, 65_535, true) ?? environment.PORT;
    const platform = await openPlatform(environment, environment.REDIS_URL === undefined);
    platform.log.info({ environment: shownEnvironment(environment) }, "started");
    try {
      const server = await listen(platform, host, port, terminal);
      terminal.say(
        `${describeEnvironment(environment, platform.roads)}\nserving ${server.url}  (reference: ${server.url}/docs; Ctrl-C stops)`,
      );
      await untilStopped(terminal);
      await server.close();
    } finally {
      await platform.close();
    }
    return EXIT.done;
  },
};
