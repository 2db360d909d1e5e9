/**
 * `npm run bench -- AREA [AREA …]`: measures district-sized inputs and public sets, and writes bench/RESULTS.md.
 */
import { facilities } from "./areas/facilities/index.ts";
import { platform } from "./areas/platform.ts";
import { roads } from "./areas/roads.ts";
import { routing } from "./areas/routing/index.ts";
import { scheduling } from "./areas/scheduling/index.ts";
import { timetable } from "./areas/timetable/index.ts";
import { vrp } from "./areas/vrp/index.ts";
import { commit, machine } from "./measurement.ts";
import { keep, writePage } from "./results.ts";

const AREAS = [scheduling, timetable, routing, vrp, facilities, roads, platform];

const asked = process.argv.slice(2);
const chosen = AREAS.filter((area) => asked.includes(area.name));
const unknown = asked.filter((name) => !AREAS.some((area) => area.name === name));
if (chosen.length === 0 || unknown.length > 0) {
  console.error(
    `usage: npm run bench -- ${AREAS.map((area) => area.name).join("|")}${unknown.length > 0 ? ` (there is no ${unknown.join(", ")})` : ""}`,
  );
  process.exit(2);
}
for (const area of chosen) {
  for await (const row of area.rows((text) => console.error(text))) {
    if ("skipped" in row) {
      console.error(`${area.name}: ${row.what}, ${row.instance}: skipped, ${row.skipped}`);
      continue;
    }
    console.error(
      `${area.name}: ${row.what}, ${row.instance}: ${row.result} (goal ${row.goal}: ${row.met ? "met" : "missed"})`,
    );
    keep({
      area: area.name,
      date: new Date().toISOString().slice(0, 10),
      commit: commit(),
      machine: machine(),
      ...row,
      command: `npm run bench -- ${area.name}`,
    });
    writePage();
  }
}
process.exit(0);
