import { schedulingError } from "../check.ts";

const FILE = "scheduling/settings.json";

export const lunchWaveUnknown = schedulingError("lunch-wave-unknown", (view, find) => {
  const lunch = view.settings.scheduling.lunch;
  const slots = new Set(view.tables.periods.map((period) => `${period.day}:${period.period_id}`));
  for (const slot of new Set(lunch?.waves?.flat())) {
    if (slots.has(slot)) continue;
    find(FILE, {
      column: "lunch.waves",
      value: slot,
      message: `a lunch wave names ${slot}, which is no period of any school`,
      expected: "slots day:period_id of scheduling/periods.csv",
      mend: "correct the slot",
    });
  }
  for (const [grade, wave] of Object.entries(lunch?.grades ?? {})) {
    if (wave >= 0 && wave < (lunch?.waves?.length ?? 0)) continue;
    find(FILE, {
      column: "lunch.grades",
      value: wave,
      message: `grade ${grade} eats in wave ${wave}, and there are ${lunch?.waves?.length ?? 0} waves, counted from 0`,
      expected: "the index of a wave",
      mend: "correct the index, or add the wave",
    });
  }
});
