import { setImmediate } from "node:timers/promises";
import type { Conditions } from "../conditions/conditions.ts";
import { turningRound } from "../conditions/turning-round.ts";
import { customize, type Weights } from "../hierarchy/customize.ts";
import { contract, type Hierarchy } from "../hierarchy/hierarchy.ts";
import { HierarchySearch, meetingVertex, meetingWeight } from "../hierarchy/search.ts";
import { TargetLabels } from "../hierarchy/target-labels.ts";
import { type ArcPath, Unpacker } from "../hierarchy/unpack.ts";
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

/** Shortest drives of the bus between street points, by time band. Bands are customized when first asked for. */
export class Driving {
  readonly net: BusNet;
  private readonly map: RoadMap;
  private readonly conditions: Conditions;
  private readonly hierarchy: Hierarchy;
  private readonly search: HierarchySearch;
  private readonly bands = new Map<number, Band>();

  constructor(map: RoadMap, conditions: Conditions) {
    this.map = map;
    this.conditions = conditions;
    this.net = turningRound(map.bus, conditions.closed);
    this.hierarchy = this.net === map.bus ? map.hierarchy : withTurnsOf(this.net, map.hierarchy);
    this.search = new HierarchySearch(this.hierarchy);
  }

  /**
   * Weights of all pairs, row-major; a point that is null has no way to or from it.
   * O(height) a pair: the two upward searches meet on the path from their lowest common vertex to the root.
   */
  async weights(
    band: number,
    sources: readonly (StreetPoint | null)[],
    targets: readonly (StreetPoint | null)[],
  ): Promise<Float64Array> {
    const { metric, weights } = this.band(band);
    const ends = targets.map((point) => this.endpoint(metric, point));
    const labels = new TargetLabels(ends.map((end) => this.search.targetLabel(end, weights)));
    const endsOn = byArc(ends);
    const out = new Float64Array(sources.length * targets.length);
    for (let i = 0; i < sources.length; i++) {
      // Others on this thread (a cancel, a progress line) get their turn.
      if (i % 64 === 63) await setImmediate();
      const begin = this.endpoint(metric, sources[i]!);
      const from = i * ends.length;
      labels.row(this.search.sourceLabel(begin, weights), out, from);
      for (const { arc } of begin.on) {
        for (const j of endsOn.get(arc) ?? []) out[from + j] = Math.min(out[from + j]!, direct(begin, ends[j]!));
      }
    }
    return out;
  }

  /** The drive between two points, with what is needed to draw it. */
  path(band: number, from: StreetPoint, to: StreetPoint): { begin: Endpoint; path: ArcPath } {
    const ready = this.band(band);
    const { metric, weights } = ready;
    ready.unpacker ??= new Unpacker(this.net, this.hierarchy, weights, metric);
    const begin = this.endpoint(metric, from);
    const end = this.endpoint(metric, to);
    const source = this.search.sourceLabel(begin, weights);
    const target = this.search.targetLabel(end, weights);
    const within = direct(begin, end);
    const around = meetingWeight(source, target);
    if (within <= around) return { begin, path: { weight: within, arcs: [] } };
    const vertex = meetingVertex(source, target, around);
    return { begin, path: { weight: around, arcs: ready.unpacker.arcs(begin, source, end, target, vertex) } };
  }

  private endpoint(metric: Metric, point: StreetPoint | null): Endpoint {
    return point === null ? { on: [], onward: [] } : endpointAt(this.net, metric, point);
  }

  private band(index: number): Band {
    const known = this.bands.get(index);
    if (known) return known;
    const metric = arcWeights(this.map, this.conditions, index);
    const band: Band = { metric, weights: customize(this.net, this.hierarchy, metric) };
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

/** The same order of arcs, contracted again for a net that closures gave other turns. */
function withTurnsOf(net: BusNet, { rank }: Hierarchy): Hierarchy {
  const order = new Uint32Array(rank.length);
  rank.forEach((v, arc) => {
    order[v] = arc;
  });
  return contract(order, net.turnStart, net.turnTo, net.alive);
}
