import { type Command, EXIT, numberOption, UsageError } from "../command.ts";
import { describeEnvironment, readEnvironment, shownEnvironment } from "../environment.ts";
import { untilStopped } from "../interrupt.ts";
import { openPlatform } from "../platform.ts";
import { serveHealth } from "../serve-health.ts";

export const worker: Command = {
  name: "worker",
  grammar: "[--concurrency N]",
  summary: "Takes jobs from Redis (REDIS_URL) and solves them; any number on any machines that share the store.",
  options: { concurrency: { type: "string", value: "N", help: "solves at a time (1)" } },
  async run(_positionals, values, terminal) {
    const environment = readEnvironment();
    if (environment.REDIS_URL === undefined)
      throw new UsageError("REDIS_URL is not set; without it the serving process solves by itself");
    const concurrency = numberOption(values, "concurrency", 1, 64, true) ?? 1;
    const platform = await openPlatform(environment, true, concurrency);
    platform.log.info({ environment: shownEnvironment(environment) }, "started");
    terminal.say(`worker: ${describeEnvironment(environment, platform.roads)}`);
    const health =
      environment.HEALTH_PORT === undefined
        ? undefined
        : await serveHealth(platform, "127.0.0.1", environment.HEALTH_PORT);
    await untilStopped(terminal);
    health?.close();
    await platform.close();
    return EXIT.done;
  },
};
