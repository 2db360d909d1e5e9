import { facilitiesError } from "../check.ts";
import { SETTINGS_FILE } from "./portfolio.ts";

export const asOfDateMissing = facilitiesError("as-of-date-missing", (view, find) => {
  if (!view.has("facilities") || view.settings.facilities.as_of_date !== undefined) return;
  find(SETTINGS_FILE, {
    column: "as_of_date",
    message: "as_of_date is not given: ages, forecasts and the years of the plan count from it",
    expected: "the date on which the register was exported, YYYY-MM-DD",
    mend: `add "as_of_date" to ${SETTINGS_FILE}`,
  });
});
