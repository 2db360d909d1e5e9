import type { OsmRelation, OsmWay } from "../osm/entities.ts";
import { type ReadOptions, readOsmPbf } from "../osm/read.ts";
import { blocksBus, busRestriction, busWay, hasSignal, roundabout, SPEED_KMH } from "../profile.ts";
import { crossingLevel, walkable } from "../walk/profile.ts";
import { Growing } from "./growing.ts";
import type { WayTable } from "./road-map.ts";

/** What the map file holds for us, before it is cut into streets. Node indices are 0…N−1 in order of OSM id. */
export interface Collected {
  readonly ways: WayTable;
  /** Nodes of way w are `refs[refStart[w]] … refs[refStart[w + 1] − 1]`. */
  readonly refStart: Uint32Array;
  readonly refs: Uint32Array;
  readonly nodeOsmId: Float64Array;
  /** NaN for a node that the extract left out. */
  readonly nodeLat: Float64Array;
  readonly nodeLon: Float64Array;
  /** Bits of `NODE_FLAG`. */
  readonly nodeFlags: Uint8Array;
  readonly restrictions: readonly Restriction[];
  readonly wayRestrictions: readonly WayRestriction[];
  /** Restrictions that say nothing of where they hold. */
  readonly restrictionsSkipped: number;
}

export const NODE_FLAG = { blocksBus: 1, signal: 2 } as const;

/** A turn restriction through one node; ids are OSM's. */
export interface Restriction {
  readonly only: boolean;
  readonly uTurn: boolean;
  readonly from: readonly number[];
  readonly via: number;
  readonly to: readonly number[];
}

/** A turn restriction via ways, in any order; ids are OSM's. */
export interface WayRestriction {
  readonly only: boolean;
  readonly from: readonly number[];
  readonly via: readonly number[];
  readonly to: readonly number[];
}

/** Reads the file twice: ways and relations first, so that of the nodes only those are kept that roads use. */
export async function collect(path: string, options: ReadOptions = {}): Promise<Collected> {
  const ways = new WayCollector();
  const restrictions = new RestrictionCollector();
  await readOsmPbf(
    path,
    { way: (way) => ways.add(way), relation: (relation) => restrictions.add(relation) },
    { signal: options.signal, onProgress: (share) => options.onProgress?.(share / 2) },
  );
  const { refs, nodeOsmId } = indexed(ways.refs.float64());
  const nodes = {
    nodeLat: new Float64Array(nodeOsmId.length).fill(Number.NaN),
    nodeLon: new Float64Array(nodeOsmId.length).fill(Number.NaN),
    nodeFlags: new Uint8Array(nodeOsmId.length),
  };
  await readOsmPbf(
    path,
    {
      node: ({ id, lat, lon, tags }) => {
        const index = find(nodeOsmId, id);
        if (index < 0) return;
        nodes.nodeLat[index] = lat;
        nodes.nodeLon[index] = lon;
        nodes.nodeFlags[index] = (blocksBus(tags) ? NODE_FLAG.blocksBus : 0) | (hasSignal(tags) ? NODE_FLAG.signal : 0);
      },
    },
    { signal: options.signal, onProgress: (share) => options.onProgress?.(0.5 + share / 2) },
  );
  return {
    ways: ways.table(),
    refStart: ways.refStart.uint32(),
    refs,
    nodeOsmId,
    ...nodes,
    restrictions: restrictions.found,
    wayRestrictions: restrictions.viaWays,
    restrictionsSkipped: restrictions.skipped,
  };
}

class WayCollector {
  readonly refs = new Growing();
  readonly refStart = new Growing([0]);
  private readonly osmId = new Growing();
  private readonly name = new Growing();
  private readonly roadClass = new Growing();
  private readonly forwardKmh = new Growing();
  private readonly backwardKmh = new Growing();
  private readonly board = new Growing();
  private readonly roundabout = new Growing();
  private readonly walk = new Growing();
  private readonly level = new Growing();
  private readonly names = new Map<string, number>([["", 0]]);
  private readonly classes = new Map<string, number>();

  add({ id, refs, tags }: OsmWay): void {
    if (tags.highway === undefined || refs.length < 2) return;
    const bus = busWay(tags);
    const walk = walkable(tags);
    // A road that neither may use still stands between the two sides of it.
    if (bus.forwardKmh === 0 && bus.backwardKmh === 0 && !walk && !(tags.highway in SPEED_KMH)) return;
    for (const ref of refs) this.refs.push(ref);
    this.refStart.push(this.refs.length);
    this.osmId.push(id);
    this.name.push(indexOf(this.names, tags.name ?? tags.ref ?? ""));
    this.roadClass.push(indexOf(this.classes, tags.highway));
    this.forwardKmh.push(bus.forwardKmh);
    this.backwardKmh.push(bus.backwardKmh);
    this.board.push(bus.board ? 1 : 0);
    this.roundabout.push(roundabout(tags) ? 1 : 0);
    this.walk.push(walk ? 1 : 0);
    this.level.push(crossingLevel(tags));
  }

  table(): WayTable {
    return {
      osmId: this.osmId.float64(),
      name: this.name.uint32(),
      roadClass: this.roadClass.uint32(),
      forwardKmh: this.forwardKmh.float64(),
      backwardKmh: this.backwardKmh.float64(),
      board: this.board.uint8(),
      roundabout: this.roundabout.uint8(),
      walk: this.walk.uint8(),
      level: this.level.uint8(),
      names: [...this.names.keys()],
      classes: [...this.classes.keys()],
    };
  }
}

function indexOf(known: Map<string, number>, text: string): number {
  const index = known.get(text) ?? known.size;
  known.set(text, index);
  return index;
}

class RestrictionCollector {
  readonly found: Restriction[] = [];
  readonly viaWays: WayRestriction[] = [];
  skipped = 0;

  add({ members, tags }: OsmRelation): void {
    const rule = busRestriction(tags);
    if (rule === null) return;
    const of = (role: string, type: "node" | "way") =>
      members.filter((member) => member.role === role && member.type === type).map((member) => member.ref);
    const only = rule.startsWith("only");
    const ends = { from: of("from", "way"), to: of("to", "way") };
    const [via] = of("via", "node");
    const viaWays = of("via", "way");
    if (via !== undefined) this.found.push({ only, uTurn: rule.endsWith("u_turn"), via, ...ends });
    else if (viaWays.length > 0) this.viaWays.push({ only, via: viaWays, ...ends });
    else this.skipped++;
  }
}

/** OSM ids → indices into their sorted list. */
function indexed(osmRefs: Float64Array): { refs: Uint32Array; nodeOsmId: Float64Array } {
  const sorted = osmRefs.toSorted();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
  const nodeOsmId = sorted.slice(0, count);
  const refs = new Uint32Array(osmRefs.length);
  for (let i = 0; i < refs.length; i++) refs[i] = find(nodeOsmId, osmRefs[i]!);
  return { refs, nodeOsmId };
}

/** Place of a value in a sorted array, −1 when it is not there. */
function find(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else if (sorted[middle]! > value) high = middle - 1;
    else return middle;
  }
  return -1;
}
