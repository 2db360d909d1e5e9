import type { LatLon } from "@trivium/model";
import { metresBetween } from "../town/plane.ts";
import { middleOf, type StreetPiece } from "../town/streets.ts";
import { nearestIndex } from "./homes.ts";
import { SCHOOL_PLANS } from "./schools.ts";

const ROUNDS = 30;

/**
 * School sites on a map that has none of ours: each level's schools stand where the residential streets of their share of the town are centred
 * (weighted k-means, Lloyd 1982), then on the residential street nearest to that.
 */
export function chooseSites(pieces: readonly StreetPiece[]): LatLon[] {
  const residential = pieces.filter((piece) => piece.roadClass === "residential");
  const count = (level: string) => SCHOOL_PLANS.filter((plan) => plan.level === level).length;
  return ["elementary", "middle", "high"].flatMap((level) =>
    onStreets(centres(residential, count(level)), residential),
  );
}

function centres(pieces: readonly StreetPiece[], count: number): LatLon[] {
  const middles = pieces.map(middleOf);
  let found = spread(middles, count);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = found.map(() => ({ lat: 0, lon: 0, weight: 0 }));
    middles.forEach((middle, index) => {
      const sum = sums[nearestIndex(middle, found)];
      const weight = pieces[index].lengthM;
      sum.lat += middle.lat * weight;
      sum.lon += middle.lon * weight;
      sum.weight += weight;
    });
    found = sums.map((sum, index) =>
      sum.weight === 0 ? found[index] : { lat: sum.lat / sum.weight, lon: sum.lon / sum.weight },
    );
  }
  return found;
}

/** First centres: the first street, then again and again the street farthest from all before. */
function spread(middles: readonly LatLon[], count: number): LatLon[] {
  const found = [middles[0]];
  while (found.length < count) {
    const gap = (at: LatLon) => metresBetween(at, found[nearestIndex(at, found)]);
    found.push(middles.reduce((best, each) => (gap(each) > gap(best) ? each : best)));
  }
  return found;
}

/** The nearest streets, each given once. */
function onStreets(places: readonly LatLon[], pieces: readonly StreetPiece[]): LatLon[] {
  const middles = pieces.filter((piece) => piece.lengthM > 40).map(middleOf);
  return places.map((place) => {
    const { lat, lon } = middles[nearestIndex(place, middles)];
    return { lat: Math.round(lat * 1e6) / 1e6, lon: Math.round(lon * 1e6) / 1e6 };
  });
}
