import { restore as restoreStore } from "@trivium/store";
import { type Command, EXIT, UsageError } from "../command.ts";
import { readEnvironment } from "../environment.ts";

export const restore: Command = {
  name: "restore",
  grammar: "DIR",
  summary:
    "Brings a backup into an empty store: the embedded one, or one on Postgres (DATABASE_URL), whichever it came from.",
  options: {},
  async run([from, ...more], _values, terminal) {
    if (from === undefined || more.length > 0) throw new UsageError("name the folder of one backup");
    const { TRIVIUM_HOME, DATABASE_URL } = readEnvironment();
    const rows = await restoreStore(from, { dir: TRIVIUM_HOME, databaseUrl: DATABASE_URL });
    terminal.say(`${rows} rows are back; \`trivium audit verify\` checks them`);
    return EXIT.done;
  },
};
