import type { Random } from "@trivium/engine";
import type { LatLon } from "@trivium/model";
import { metresBetween, moved } from "../town/plane.ts";
import { middleOf, type StreetPiece } from "../town/streets.ts";
import type { Household } from "./households.ts";

/** Homes per metre of street, next to one on a residential street. */
const DENSITY: Readonly<Record<string, number>> = {
  residential: 1,
  living_street: 1,
  unclassified: 0.1,
  tertiary: 0.12,
  secondary: 0.02,
  primary: 0.01,
};

/** Away from the middle of town homes thin out: by e every so many metres. */
const THINNING_M = 3200;

/** A home for each household, beside a street of its zone: the streets nearest to that zone's school. */
export function placeHomes(
  random: Random,
  families: readonly Household[],
  pieces: readonly StreetPiece[],
  zoneSchools: readonly LatLon[],
  downtown: LatLon,
): LatLon[] {
  const zones = zoneSchools.map(() => ({ pieces: [] as StreetPiece[], upTo: [] as number[], total: 0 }));
  for (const piece of pieces) {
    const zone = zones[nearestIndex(middleOf(piece), zoneSchools)];
    const thinned = Math.exp(-metresBetween(middleOf(piece), downtown) / THINNING_M);
    zone.total += piece.lengthM * (DENSITY[piece.roadClass] ?? 0) * thinned;
    zone.pieces.push(piece);
    zone.upTo.push(zone.total);
  }
  return families.map((family) => {
    const zone = zones[family.zone];
    const at = random.unit() * zone.total;
    return beside(
      random,
      zone.pieces[
        Math.min(
          zone.pieces.length - 1,
          zone.upTo.findIndex((upTo) => upTo > at),
        )
      ],
    );
  });
}

/** A place 12 to 26 m to the left or right of a street. */
function beside(random: Random, { from, to, lengthM }: StreetPiece): LatLon {
  const share = random.unit();
  const aside = (random.unit() < 0.5 ? -1 : 1) * (12 + 14 * random.unit());
  const metresPerLon =
    lengthM === 0 ? 0 : metresBetween(from, { lat: from.lat, lon: to.lon }) * Math.sign(to.lon - from.lon);
  const north = metresBetween(from, { lat: to.lat, lon: from.lon }) * Math.sign(to.lat - from.lat);
  const length = Math.max(1, Math.hypot(metresPerLon, north));
  const at = { lat: from.lat + (to.lat - from.lat) * share, lon: from.lon + (to.lon - from.lon) * share };
  const home = moved(at, (-north / length) * aside, (metresPerLon / length) * aside);
  return { lat: Math.round(home.lat * 1e6) / 1e6, lon: Math.round(home.lon * 1e6) / 1e6 };
}

export function nearestIndex(to: LatLon, places: readonly LatLon[]): number {
  let best = 0;
  places.forEach((place, index) => {
    if (metresBetween(place, to) < metresBetween(places[best], to)) best = index;
  });
  return best;
}
