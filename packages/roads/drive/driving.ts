import { setImmediate } from "node:timers/promises";
import type { Approach } from "@trivium/model";
import type { Conditions } from "../conditions/conditions.ts";
import { turningRound } from "../conditions/turning-round.ts";
import { customize, type Weights } from "../hierarchy/customize.ts";
import { edgesOfTurns, type Hierarchy } from "../hierarchy/hierarchy.ts";
import { LabelSearch, Labels } from "../hierarchy/labels.ts";
import { ManyToMany } from "../hierarchy/many-to-many.ts";
import { PathSearch } from "../hierarchy/path.ts";
import { sweep } from "../hierarchy/sweep.ts";
import { type EliminationTree, eliminationTree } from "../hierarchy/tree.ts";
import { Unpacker } from "../hierarchy/unpack.ts";
import { type Kernel, type KernelName, newKernel } from "../kernel/kernel.ts";
import type { BusNet, RoadMap } from "../map/road-map.ts";
import type { StreetPoint } from "../snap/segment-index.ts";
import { direct, type Endpoint, endpointAt } from "./endpoints.ts";
import { arcWeights, type Metric } from "./metric.ts";

/** A time band made ready: weights of arcs, and of the hierarchy's edges over them. */
interface Band {
  readonly metric: Metric;
  readonly weights: Weights;
  unpacker?: Unpacker;
}

/** A drive: the arcs in order, the last one holding the target; empty when it never leaves its first arc. */
export interface ArcPath {
  readonly weight: number;
  readonly arcs: readonly number[];
}

export interface FoundPath {
  readonly metric: Metric;
  readonly begin: Endpoint;
  readonly end: Endpoint;
  readonly path: ArcPath;
}

/** Shortest drives of the bus between street points, by time band. Bands are customized when first asked for. */
export class Driving {
  readonly net: BusNet;
  private readonly map: RoadMap;
  private readonly conditions: Conditions;
  private readonly hierarchy: Hierarchy;
  private readonly tree: EliminationTree;
  private readonly labels: LabelSearch;
  private readonly paths: PathSearch;
  private readonly kernelName: KernelName | undefined;
  /** Kernels that no matrix is using: each that is being made has one of its own. */
  private readonly kernels: Kernel[] = [];
  private readonly bands = new Map<number, Band>();

  constructor(map: RoadMap, conditions: Conditions, kernel?: KernelName) {
    this.map = map;
    this.conditions = conditions;
    this.kernelName = kernel;
    this.net = turningRound(map.bus, conditions.closed);
    this.hierarchy =
      this.net === map.bus ? map.hierarchy : { ...map.hierarchy, turnEdge: edgesOfTurns(map.hierarchy, this.net) };
    this.tree = eliminationTree(this.hierarchy);
    this.labels = new LabelSearch(this.tree);
    this.paths = new PathSearch(this.tree, this.hierarchy.rank);
  }

  /**
   * Weights of all pairs, a row a source, in no particular order of sources; a point that is null has no way to or from it.
   * `visit` must take what it needs at once: the row is used again.
   */
  async rows(
    band: number,
    sources: readonly (StreetPoint | null)[],
    targets: readonly (StreetPoint | null)[],
    approach: Approach,
    visit: (source: number, row: Float64Array) => void,
  ): Promise<void> {
    const { metric, weights } = this.band(band);
    const { rank } = this.hierarchy;
    const begins = sources.map((point) => this.endpoint(metric, point, approach));
    const ends = sources === targets ? begins : targets.map((point) => this.endpoint(metric, point, approach));
    const from = new Labels();
    const to = new Labels();
    for (const begin of begins) this.labels.add(begin.onward, rank, weights.up, from);
    for (const end of ends) this.labels.add(end.on, rank, weights.down, to);
    const endsOn = byArc(ends);
    const kernel = this.kernels.pop() ?? newKernel(this.kernelName);
    try {
      const product = new ManyToMany(this.tree, kernel, from, to);
      for (let tile = 0; tile < product.tiles; tile++) {
        // Others on this thread (a cancel, a progress line) get their turn.
        if (tile % 8 === 7) await setImmediate();
        product.tile(tile, (source, row) => {
          const begin = begins[source]!;
          for (const { arc } of begin.on) {
            for (const j of endsOn.get(arc) ?? []) row[j] = Math.min(row[j]!, direct(begin, ends[j]!));
          }
          visit(source, row);
        });
      }
    } finally {
      this.kernels.push(kernel);
    }
  }

  /** The drive between two points, with what is needed to draw and to tell it. */
  path(band: number, from: StreetPoint, to: StreetPoint, approach: Approach): FoundPath {
    const ready = this.band(band);
    const { metric, weights } = ready;
    const begin = this.endpoint(metric, from, approach);
    const end = this.endpoint(metric, to, approach);
    const within = direct(begin, end);
    const around = this.paths.find(begin.onward, end.on, weights);
    if (within <= around.weight) return { metric, begin, end, path: { weight: within, arcs: [] } };
    ready.unpacker ??= new Unpacker(this.net, this.hierarchy, weights, metric);
    return { metric, begin, end, path: { weight: around.weight, arcs: ready.unpacker.arcs(around.vertices) } };
  }

  /** Weight from a point to the start of every arc, Infinity where it cannot be reached. One downward sweep over the whole hierarchy. */
  reach(band: number, from: StreetPoint): { metric: Metric; begin: Endpoint; weights: Float64Array } {
    const { metric, weights } = this.band(band);
    const begin = this.endpoint(metric, from, "either");
    return { metric, begin, weights: sweep(begin.onward, this.hierarchy.rank, weights) };
  }

  private endpoint(metric: Metric, point: StreetPoint | null, approach: Approach): Endpoint {
    return point === null ? { on: [], onward: [] } : endpointAt(this.net, metric, point, approach);
  }

  private band(index: number): Band {
    const known = this.bands.get(index);
    if (known) return known;
    const metric = arcWeights(this.map, this.conditions, index);
    // A kernel of its own: its memory, as large as the hierarchy, goes when the band is made.
    const weights = customize(this.net, this.hierarchy, metric, newKernel(this.kernelName));
    const band: Band = { metric, weights };
    this.bands.set(index, band);
    return band;
  }
}

/** Which endpoints lie on an arc. */
function byArc(ends: readonly Endpoint[]): Map<number, number[]> {
  const on = new Map<number, number[]>();
  ends.forEach((end, j) => {
    for (const { arc } of end.on) {
      const known = on.get(arc);
      if (known) known.push(j);
      else on.set(arc, [j]);
    }
  });
  return on;
}
