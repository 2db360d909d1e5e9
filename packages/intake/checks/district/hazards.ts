import { GRADES } from "@trivium/model";
import { roadsWarning } from "../check.ts";
import { each } from "../view.ts";

export const hazardWayNoNumber = roadsWarning("hazard-way-no-number", (view, find) => {
  for (const [hazard, place] of each(view, "hazards")) {
    if (/^\d+$/.test(hazard.osm_way_id)) continue;
    find(place, {
      column: "osm_way_id",
      value: hazard.osm_way_id,
      message: `${hazard.osm_way_id} is no id of an OpenStreetMap way: the hazard is on no road`,
      expected: "a whole number",
      mend: "look the way up in the map and write its number",
    });
  }
});

export const hazardGradesUnknown = roadsWarning("hazard-grades-unknown", (view, find) => {
  const known = new Set<string>(GRADES);
  for (const [hazard, place] of each(view, "hazards")) {
    const parts = (hazard.grades ?? "").split(/[|–-]/).map((part) => part.trim());
    const wrong = parts.find((part) => part !== "" && !known.has(part.toUpperCase().replace(/^0+(?=\d)/, "")));
    if (wrong === undefined) continue;
    find(place, {
      column: "grades",
      value: hazard.grades,
      message: `${wrong} is no grade`,
      expected: "grades separated by |, or nothing for all",
      mend: "correct the list",
    });
  }
});
