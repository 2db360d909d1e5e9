import { maybe } from "../../nearest.ts";
import { routingError, routingWarning } from "../check.ts";

const FILE = "transportation/settings.json";

export const mixedLoadUnknown = routingError("mixed-load-school-unknown", (view, find) => {
  const pairs = view.settings.routing.mixed_loads;
  if (!Array.isArray(pairs)) return;
  const schools = view.ids("schools", "school_id");
  for (const id of new Set(pairs.flat())) {
    if (schools.has(id)) continue;
    find(FILE, {
      column: "mixed_loads",
      value: id,
      message: `mixed_loads names ${id}, which is no school.${maybe(id, schools.keys() as Iterable<string>)}`,
      expected: "pairs of school ids",
      mend: "correct the id",
    });
  }
});

export const serviceDaysImprobable = routingWarning("service-days-improbable", (view, find) => {
  const days = view.settings.routing.service_days;
  if (days === undefined || (days >= 100 && days <= 260)) return;
  find(FILE, {
    column: "service_days",
    value: days,
    message: `buses run ${days} days a year`,
    expected: "from 100 to 260 days",
    mend: "correct the number, or acknowledge it: yearly costs are multiplied by it",
  });
});

export const mapNotGiven = routingWarning("map-not-given", (view, find) => {
  if (view.hasMap || !view.has("routing")) return;
  find("roads/map.osm.pbf", {
    message: "the district has no road map of its own",
    expected: "roads/map.osm.pbf, or an extract by --roads, or OSRM_URL",
    mend: "add an OpenStreetMap extract that covers homes, schools and depots",
  });
});
