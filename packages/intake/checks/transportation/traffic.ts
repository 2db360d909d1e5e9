import { formatClock } from "@trivium/model";
import { maybe } from "../../nearest.ts";
import { AREAS_FILE, areaIds } from "../../source/areas.ts";
import { routingError, routingWarning } from "../check.ts";
import { each } from "../view.ts";

export const speedFactorReversed = routingError("speed-factor-reversed", (view, find) => {
  for (const [factor, place] of each(view, "speed_factors")) {
    if (factor.from < factor.to) continue;
    find(place, {
      column: "to",
      value: formatClock(factor.to),
      message: `the factor holds from ${formatClock(factor.from)} to ${formatClock(factor.to)}, which is no time at all`,
      expected: "to after from (from inclusive, to exclusive)",
      mend: "correct the times; write a span over midnight as two rows",
    });
  }
});

export const speedFactorsOverlap = routingError("speed-factors-overlap", (view, find) => {
  const groups = Map.groupBy(
    view.tables.speed_factors.map((factor, index) => ({ ...factor, index })),
    (factor) => `${factor.road_class ?? ""} ${factor.area ?? ""}`,
  );
  for (const group of groups.values()) {
    group.sort((a, b) => a.from - b.from);
    for (let i = 1; i < group.length; i++) {
      const [before, here] = [group[i - 1], group[i]];
      if (here.from >= before.to) continue;
      find(
        { table: "speed_factors", index: here.index },
        {
          column: "from",
          value: formatClock(here.from),
          message: `two factors hold for the same roads at ${formatClock(here.from)}`,
          expected: "one factor for a road class, an area and a time",
          mend: "end the first one where the second begins",
          others: [{ table: "speed_factors", index: before.index }],
        },
      );
    }
  }
});

export const speedAreaUnknown = routingError("speed-area-unknown", (view, find) => {
  const areas = areaIds(view.areasGeojson);
  for (const [factor, place] of each(view, "speed_factors")) {
    if (factor.area === undefined || areas.includes(factor.area)) continue;
    find(place, {
      column: "area",
      value: factor.area,
      message: `area ${factor.area} is not in ${AREAS_FILE}.${maybe(factor.area, areas)}`,
      expected: `the id of a feature in ${AREAS_FILE}`,
      mend: "correct the id, draw the area, or empty the cell for all roads",
    });
  }
});

const ROAD_CLASSES = new Set(
  ["motorway", "trunk", "primary", "secondary", "tertiary"]
    .flatMap((name) => [name, `${name}_link`])
    .concat(["unclassified", "residential", "living_street", "service", "road", "track"]),
);

export const roadClassUnknown = routingWarning("road-class-unknown", (view, find) => {
  for (const [factor, place] of each(view, "speed_factors")) {
    if (factor.road_class === undefined || ROAD_CLASSES.has(factor.road_class)) continue;
    find(place, {
      column: "road_class",
      value: factor.road_class,
      message: `${factor.road_class} is no class of roads for cars.${maybe(factor.road_class, ROAD_CLASSES)}`,
      expected: "a value of OpenStreetMap's highway tag",
      mend: "correct it, or empty the cell for all roads",
    });
  }
});

export const speedFactorImprobable = routingWarning("speed-factor-improbable", (view, find) => {
  for (const [factor, place] of each(view, "speed_factors")) {
    if (factor.factor >= 0.2 && factor.factor <= 1.5) continue;
    find(place, {
      column: "factor",
      value: factor.factor,
      message: `speeds are multiplied by ${factor.factor}`,
      expected: "from 0.2 to 1.5: the factor is of speed, 0.8 is slower",
      mend: "if a factor of time was meant, write 1 divided by it",
    });
  }
});

export const closureWithoutPlace = routingError("closure-without-place", (view, find) => {
  for (const [closure, place] of each(view, "closures")) {
    const circle = closure.lat !== undefined && closure.lon !== undefined && closure.radius_m !== undefined;
    if (closure.osm_way_id !== undefined || circle) continue;
    find(place, {
      column: "osm_way_id",
      message: "the closure says neither which way is closed nor where",
      expected: "osm_way_id, or lat, lon and radius_m",
      mend: "give the place, or delete the row",
    });
  }
});

export const closureReversed = routingError("closure-reversed", (view, find) => {
  for (const [closure, place] of each(view, "closures")) {
    if (!closure.from || !closure.to || closure.from <= closure.to) continue;
    find(place, {
      column: "to",
      value: closure.to,
      message: `the closure ends on ${closure.to}, before it begins on ${closure.from}`,
      expected: "to on or after from",
      mend: "correct the dates",
    });
  }
});
