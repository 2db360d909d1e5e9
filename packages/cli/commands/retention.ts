import { type Command, EXIT, numberOption, UsageError } from "../command.ts";
import { withStore } from "../with-store.ts";

/** A delivery may be on its way for three days, and a creating call repeated within a month. */
const LEFTOVERS_DAYS = 30;

export const retention: Command = {
  name: "retention",
  grammar: "[--days N] [--names-days N] [--dry-run]",
  summary:
    "Removes datasets older than that with all that derives from them; those of which a plan was signed stay, without the names of people.",
  options: {
    days: { type: "string", value: "N", help: "days that a dataset is kept" },
    "names-days": { type: "string", value: "N", help: "days that the names of people in a dataset are kept" },
    "dry-run": { type: "boolean", help: "only say what would be removed" },
  },
  async run(positionals, values, terminal) {
    const days = numberOption(values, "days", 1, 36_500, true);
    const namesDays = numberOption(values, "names-days", 1, 36_500, true);
    if ((days === undefined && namesDays === undefined) || positionals.length > 0)
      throw new UsageError("--days or --names-days is missing");
    const dry = values["dry-run"] === true;
    const would = dry ? "would be" : "were";
    await withStore(async ({ removal }) => {
      if (days !== undefined) {
        const hashes = await removal.expired(days);
        for (const hash of hashes) {
          if (!dry) await removal.remove(hash);
          terminal.print(hash);
        }
        terminal.say(`${hashes.length} dataset(s) ${would} removed`);
        if (!dry) await removal.removeLeftovers(Math.max(days, LEFTOVERS_DAYS));
      }
      if (namesDays !== undefined)
        terminal.say(`${await removal.removeNames(namesDays, dry)} name(s) of people ${would} removed`);
    });
    return EXIT.done;
  },
};
