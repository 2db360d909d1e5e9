import type { LatLon, TableRow } from "@trivium/model";
import type { OsmContent } from "@trivium/roads";
import { metresBetween } from "../town/plane.ts";

/** Roads near the middle of town, of one class, longest first. */
function waysOf(map: OsmContent, roadClass: string, from: LatLon): string[] {
  const places = new Map(map.nodes.map((node) => [node.id, node]));
  return map.ways
    .filter((way) => way.tags?.highway === roadClass && !way.tags.bridge && way.tags.name)
    .flatMap((way) => {
      const points = way.refs.flatMap((ref) => places.get(ref) ?? []);
      const near = points.length > 1 && metresBetween(points[0], from) < 4500;
      const length = points.slice(1).reduce((sum, to, index) => sum + metresBetween(points[index], to), 0);
      return near ? [{ id: String(way.id), length }] : [];
    })
    .sort((a, b) => b.length - a.length || a.id.localeCompare(b.id))
    .map((way) => way.id);
}

/** Busy roads where no bus stops, that the young may not cross, or that no one walks along. */
export function hazards(map: OsmContent, downtown: LatLon): TableRow<"hazards">[] {
  const rows = (ids: readonly string[], kind: "no_stop" | "no_cross" | "no_walk", grades?: string) =>
    ids.map((osm_way_id) => ({ osm_way_id, kind, ...(grades ? { grades } : {}) }));
  const collectors = waysOf(map, "tertiary", downtown);
  return [
    ...rows(waysOf(map, "primary", downtown).slice(0, 8), "no_stop"),
    ...rows(collectors.slice(0, 4), "no_cross", "K|1|2|3"),
    ...rows(collectors.slice(4, 6), "no_walk", "K|1|2|3|4|5"),
  ];
}

/** A street in the middle of town, with others all round it, that is dug up in autumn, and last year's bridge repair, over by now. */
export function closures(map: OsmContent, downtown: LatLon): TableRow<"closures">[] {
  const places = new Map(map.nodes.map((node) => [node.id, node]));
  const awayM = (way: OsmContent["ways"][number]) => {
    const middle = places.get(way.refs[way.refs.length >> 1]);
    return middle ? metresBetween(middle, downtown) : Number.POSITIVE_INFINITY;
  };
  const streets = map.ways.filter((way) => way.tags?.highway === "residential");
  const street = String(streets.reduce((a, b) => (awayM(b) < awayM(a) ? b : a)).id);
  const bridge = map.ways.find((way) => way.tags?.bridge && way.tags.highway === "secondary") ?? map.ways[0];
  return [
    { osm_way_id: street, from: "2027-08-16", to: "2027-11-24" },
    { osm_way_id: String(bridge.id), from: "2026-09-08", to: "2026-12-18" },
  ];
}
