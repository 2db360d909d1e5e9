import { type Command, EXIT, numberOption, UsageError } from "../command.ts";
import { withStore } from "../with-store.ts";

export const retention: Command = {
  name: "retention",
  grammar: "--days N [--dry-run]",
  summary: "Removes datasets older than that with all that derives from them; those of which a plan was signed stay.",
  options: {
    days: { type: "string", value: "N", help: "days that a dataset is kept" },
    "dry-run": { type: "boolean", help: "only say what would be removed" },
  },
  async run(positionals, values, terminal) {
    const days = numberOption(values, "days", 1, 36_500, true);
    if (days === undefined || positionals.length > 0) throw new UsageError("--days is missing");
    await withStore(async (store) => {
      const hashes = await store.removal.expired(days);
      for (const hash of hashes) {
        if (!values["dry-run"]) await store.removal.remove(hash);
        terminal.print(hash);
      }
      terminal.say(`${hashes.length} dataset(s) ${values["dry-run"] ? "would be" : "were"} removed`);
    });
    return EXIT.done;
  },
};
