import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import type { Segments } from "../snap/segment-index.ts";

/**
 * The built map: flat arrays and two lists of strings, so that it is one file on disk and one block of shared memory.
 *
 * A **street** is a piece of one way between two junctions. Street k has two **arcs**, 2k along its points and 2k + 1 against them;
 * arc a ^ 1 is the way back. An **arm** of a junction is an arc that leaves it.
 */
export interface RoadMap {
  readonly mapHash: string;
  readonly ways: WayTable;
  readonly bus: BusNet;
  readonly walk: WalkNet;
  /** Where points are snapped: streets in use. */
  readonly busSegments: Segments;
  readonly walkSegments: Segments;
  readonly hierarchy: Hierarchy;
  readonly report: MapReport;
}

/** Attributes of ways, by way index. */
export interface WayTable {
  readonly osmId: Float64Array;
  /** Index into `names`; 0 is "no name". */
  readonly name: Uint32Array;
  /** Index into `classes`, OSM highway values. */
  readonly roadClass: Uint32Array;
  /** Speed of the bus, 0 where barred. */
  readonly forwardKmh: Float64Array;
  readonly backwardKmh: Float64Array;
  readonly board: Uint8Array;
  /** 1 for ways of a roundabout. */
  readonly roundabout: Uint8Array;
  readonly walk: Uint8Array;
  /** Height as a road to cross, `CROSS` of walk/profile.ts. */
  readonly level: Uint8Array;
  readonly names: readonly string[];
  readonly classes: readonly string[];
}

/** Streets and the junctions between them. */
export interface Net {
  readonly nodeOsmId: Float64Array;
  readonly nodeLat: Float64Array;
  readonly nodeLon: Float64Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly way: Uint32Array;
  readonly lengthM: Float64Array;
  /** Points of street k: `shapeStart[k]` … `shapeStart[k + 1] − 1`, both ends included. */
  readonly shapeStart: Uint32Array;
  readonly shapeLat: Float64Array;
  readonly shapeLon: Float64Array;
  /** Arms of node n: `arms[armStart[n]] … arms[armStart[n + 1] − 1]`, anticlockwise. */
  readonly armStart: Uint32Array;
  readonly arms: Uint32Array;
}

export interface BusNet extends Net {
  /**
   * Street that a street is a copy of (see via-ways.ts), itself for those that are none. Copies come last, have no arms, and are driven in one direction.
   */
  readonly copyOf: Uint32Array;
  /** The next copy of the same street; 0 where there is none. */
  readonly nextCopy: Uint32Array;
  /** Turns out of arc a: `turnTo[turnStart[a]] …`, with their cost in milliseconds. */
  readonly turnStart: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnMs: Uint32Array;
  /** 1 for arcs of streets of the largest strongly connected part: of one direction of each all others can be reached, and it from all. */
  readonly alive: Uint8Array;
}

export interface WalkNet extends Net {
  /** 1 for streets that can be walked along and belong to a part of the net worth walking. */
  readonly usable: Uint8Array;
}

/** What was read, what was left out and why. */
export interface MapReport {
  readonly ways: number;
  readonly busStreets: number;
  readonly busKm: number;
  /** Streets outside the largest strongly connected part (both directions of them). */
  readonly busStreetsCutOff: number;
  readonly walkStreets: number;
  readonly walkKm: number;
  readonly walkStreetsCutOff: number;
  readonly restrictions: number;
  /** Restrictions without a place in the extract, or that name ways that do not meet. */
  readonly restrictionsSkipped: number;
  /** Nodes that ways name and the extract does not hold. */
  readonly nodesMissing: number;
}

/** The arc that an arc is a copy of, itself for one that is none. */
export const originalOf = ({ copyOf }: Pick<BusNet, "copyOf">, arc: number): number =>
  2 * copyOf[arc >> 1]! + (arc & 1);
/** Node that an arc leaves. */
export const tailOf = (net: Net, arc: number): number => ((arc & 1) === 0 ? net.from[arc >> 1] : net.to[arc >> 1])!;
/** Node that an arc enters. */
export const headOf = (net: Net, arc: number): number => ((arc & 1) === 0 ? net.to[arc >> 1] : net.from[arc >> 1])!;
