import type { LatLon } from "@trivium/model";
import type { OsmContent } from "@trivium/roads";
import { metresBetween } from "./plane.ts";

/** A piece of a street between two points of the map. */
export interface StreetPiece {
  readonly from: LatLon;
  readonly to: LatLon;
  readonly lengthM: number;
  readonly roadClass: string;
  readonly name: string;
}

/** Roads along which people live or buses stop, piece by piece, in the map's order; highways, paths and parking aisles are none. */
const INHABITED = new Set(["residential", "living_street", "unclassified", "tertiary", "secondary", "primary"]);

export function streetPieces(map: OsmContent): StreetPiece[] {
  const places = new Map(map.nodes.map((node) => [node.id, node]));
  return map.ways.flatMap(({ refs, tags }) => {
    if (!tags?.highway || !INHABITED.has(tags.highway) || tags.bridge || tags.tunnel || tags.access === "private")
      return [];
    const points = refs.flatMap((ref) => places.get(ref) ?? []);
    return points.slice(1).map((to, index) => ({
      from: { lat: points[index].lat, lon: points[index].lon },
      to: { lat: to.lat, lon: to.lon },
      lengthM: metresBetween(points[index], to),
      roadClass: tags.highway,
      name: tags.name ?? "",
    }));
  });
}

export const middleOf = ({ from, to }: StreetPiece): LatLon => ({
  lat: (from.lat + to.lat) / 2,
  lon: (from.lon + to.lon) / 2,
});
