import { backUp } from "@trivium/store";
import { type Command, EXIT, UsageError } from "../command.ts";
import { readEnvironment } from "../environment.ts";

export const backup: Command = {
  name: "backup",
  grammar: "DIR",
  summary:
    "Writes a backup of the store into a new folder, while it is in use. It holds the secret: keep it as you keep the store.",
  options: {},
  async run([to, ...more], _values, terminal) {
    if (to === undefined || more.length > 0) throw new UsageError("name one folder that is not there yet");
    const { TRIVIUM_HOME, DATABASE_URL } = readEnvironment();
    const rows = await backUp({ dir: TRIVIUM_HOME, databaseUrl: DATABASE_URL }, to);
    terminal.say(
      `${rows} rows and the maps are in ${to}; \`trivium restore ${to}\` brings them back into an empty store`,
    );
    return EXIT.done;
  },
};
