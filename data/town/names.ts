import type { Random } from "@trivium/engine";

/** Names of the through roads, west to east and south to north. */
export const LINE_NAMES = {
  vertical: [
    "County Road 11",
    "Old Ferry Road",
    "Quarry Road",
    "Tannery Street",
    "Main Street",
    "Exchange Avenue",
    "Brickyard Road",
    "Sunfield Boulevard",
    "Orchard Road",
    "County Road 27",
  ],
  horizontal: [
    "County Road 40",
    "Plank Road",
    "South Boulevard",
    "Depot Avenue",
    "Bridge Street",
    "Ferry Avenue",
    "Mill Road",
    "North Boulevard",
    "Ridge Road",
    "County Road 64",
  ],
} as const;

const TREES =
  "Alder Ash Aspen Balsam Basswood Beech Birch Buckeye Butternut Catalpa Cedar Cherry Chestnut Cypress Elder Elm Fir Hawthorn Hazel Hickory Holly Hornbeam Juniper Laurel Linden Locust Maple Mulberry Oak Pecan Pine Plum Poplar Redbud Rowan Sassafras Spruce Sumac Sycamore Tamarack Walnut Willow".split(
    " ",
  );
const FIRST =
  "Amber Badger Bluestem Bobolink Clover Cobble Cooper Copper Cottage Crane Creek Dove Fallow Fern Finch Fox Garden Harvest Hidden High Iris Kestrel Lantern Larch Lark Linnet Meadow Mill Misty Orchard Otter Partridge Pebble Pheasant Prairie Quail Raven Robin Sage Shady Silver Sparrow Spring Stone Sunny Swan Thistle Thrush Tulip Violet Warbler Weaver Wheat Wren".split(
    " ",
  );
const SECOND =
  "Bend Bluff Brook Crest Dale Field Gate Glen Grove Hill Hollow Knoll Landing Run Slope Trace Vale View Wood".split(
    " ",
  );

/** Numbered and tree streets of the old town, by how far along the line lies. */
export const treeStreet = (index: number): string =>
  `${TREES[index % TREES.length]} ${index < TREES.length ? "Street" : "Avenue"}`;

export function numberedStreet(index: number): string {
  const ends = ["th", "st", "nd", "rd"];
  const teen = index % 100 > 10 && index % 100 < 14;
  return `${index}${teen ? "th" : (ends[index % 10] ?? "th")} Street`;
}

/** Names of suburban streets, each given once. */
export class StreetNames {
  readonly #given = new Set<string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  next(deadEnd: boolean): string {
    const suffixes = deadEnd ? ["Court", "Place", "Circle"] : ["Lane", "Drive", "Road", "Way", "Trail"];
    const pick = (words: readonly string[]) => words[this.#random.below(words.length)];
    for (;;) {
      const first = pick(FIRST);
      const name = `${first} ${this.#random.unit() < 0.6 ? `${pick(SECOND)} ` : ""}${pick(suffixes)}`;
      if (this.#given.has(name)) continue;
      this.#given.add(name);
      return name;
    }
  }
}
