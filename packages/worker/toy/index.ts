import { emptyTables, type Scenario, type ScenarioInput, scenarioSchema, sealDataset } from "@trivium/model";
import type { Substitutes } from "../engines.ts";

/** Brings the toy engine and its verifier into the threads. */
export const TOY: Substitutes = {
  engine: new URL("./engine.ts", import.meta.url).href,
  verifier: new URL("./verifier.ts", import.meta.url).href,
};

/** A district with `assets` assets and one student with a group column. */
export function toyDistrict(assets = 7) {
  const tables = emptyTables();
  for (let i = 1; i <= assets; i++)
    tables.assets.push({ asset_id: `A${i}`, building_id: "B1", asset_type_id: "AHU", install_date: "2001-07-01" });
  tables.students.push({ student_id: "S1", school_id: "H1", grade: "9", extra: { group_frl: "yes", locker: "12" } });
  return sealDataset({
    district: { name: "Toy", timezone: "America/New_York", school_year: "2027-28" },
    tables,
    present: new Set(["assets", "students"]),
    settings: { scheduling: {}, routing: {}, facilities: {} },
  });
}

export const toyScenario = (settings: ScenarioInput["settings"], changes: ScenarioInput["changes"] = []): Scenario =>
  scenarioSchema.parse({ settings, changes });
