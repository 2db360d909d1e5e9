import type { WayRestriction } from "./collect.ts";
import { Growing } from "./growing.ts";
import { type BusNet, headOf, type Net, type WayTable } from "./road-map.ts";
import { drivable, type Turns } from "./turns.ts";

/** A path may have this many streets between the two ways that a restriction names. */
const LONGEST = 30;

type TurnsOf = Pick<Turns, "turnStart" | "turnTo" | "turnMs">;
interface Turn {
  to: number;
  readonly ms: number;
}

/**
 * Turn restrictions that go via ways. Whether a turn at the end of the via way is barred depends on where the bus came from, so the streets of the way
 * are copied for those who came from there: the copy is reached from the `from` way only, and lacks the turn (or, after `only_…`, has no other).
 *
 * @returns the net with its copies, its turns, and how many restrictions no streets meet as they say
 */
export function followViaWays<N extends Net>(
  net: N,
  ways: WayTable,
  turns: TurnsOf,
  rules: readonly WayRestriction[],
): { net: N & Pick<BusNet, "copyOf" | "nextCopy">; turns: TurnsOf; unused: number } {
  const copier = new Copier(net, turns);
  let unused = 0;
  for (const rule of rules) {
    const paths = pathsOf(net, ways, rule);
    for (const path of paths) copier.follow(path, rule.only);
    if (paths.length === 0) unused++;
  }
  return { ...copier.finish(net), unused };
}

/** Arcs from the `from` way's last over all of the via ways; and those that begin the `to` way. */
interface ViaPath {
  readonly arcs: readonly number[];
  readonly to: ReadonlySet<number>;
}

function pathsOf(net: Net, ways: WayTable, { from, via, to }: WayRestriction): ViaPath[] {
  const wayOf = (arc: number) => ways.osmId[net.way[arc >> 1]!]!;
  const onward = (arc: number) =>
    [...armsAt(net, headOf(net, arc))].filter((arm) => arm !== (arc ^ 1) && drivable(net, ways, arm));
  const found: ViaPath[] = [];
  const walk = (arcs: readonly number[]) => {
    const last = arcs.at(-1)!;
    const next = onward(last);
    const whole = via.every((way) => arcs.some((arc, i) => i > 0 && wayOf(arc) === way));
    const ends = next.filter((arm) => to.includes(wayOf(arm)) && !arcs.includes(arm));
    if (whole && ends.length > 0) {
      found.push({ arcs, to: new Set(ends) });
      return;
    }
    if (arcs.length > LONGEST) return;
    for (const arm of next) {
      if (via.includes(wayOf(arm)) && !arcs.some((arc) => arc >> 1 === arm >> 1)) walk([...arcs, arm]);
    }
  };
  for (let street = 0; street < net.from.length; street++) {
    if (!from.includes(wayOf(2 * street))) continue;
    for (const arc of [2 * street, 2 * street + 1]) if (drivable(net, ways, arc)) walk([arc]);
  }
  return found;
}

const armsAt = (net: Net, node: number): Uint32Array => net.arms.subarray(net.armStart[node]!, net.armStart[node + 1]!);

class Copier {
  private readonly base: TurnsOf;
  /** Street that each street is a copy of, itself for those that are none. */
  private readonly copyOf: number[];
  private readonly changed = new Map<number, Turn[]>();
  /** How many turns lead into a copy. */
  private readonly into = new Map<number, number>();

  constructor(net: Net, base: TurnsOf) {
    this.base = base;
    this.copyOf = Array.from(net.from, (_, street) => street);
  }

  follow({ arcs, to }: ViaPath, only: boolean): void {
    for (const start of this.copiesOf(arcs[0]!)) {
      let at: number | undefined = start;
      for (const arc of arcs.slice(1)) at = at === undefined ? undefined : this.ownCopy(at, arc);
      if (at === undefined) continue;
      const turns = this.turnsOf(at);
      const named = turns.filter((turn) => to.has(this.original(turn.to)));
      if (only && named.length === 0) continue;
      this.changed.set(at, only ? named : turns.filter((turn) => !named.includes(turn)));
    }
  }

  /** The arc and its copies. */
  private copiesOf(arc: number): number[] {
    const copies: number[] = [];
    this.copyOf.forEach((street, copy) => {
      if (street === arc >> 1) copies.push(2 * copy + (arc & 1));
    });
    return copies;
  }

  private original(arc: number): number {
    return 2 * this.copyOf[arc >> 1]! + (arc & 1);
  }

  private turnsOf(arc: number): Turn[] {
    const known = this.changed.get(arc);
    if (known) return known;
    const { turnStart, turnTo, turnMs } = this.base;
    const turns: Turn[] = [];
    for (let turn = turnStart[arc]!; turn < turnStart[arc + 1]!; turn++) {
      turns.push({ to: turnTo[turn]!, ms: turnMs[turn]! });
    }
    return turns;
  }

  /** The copy of `arc` that only `before` leads into, made where there is none; undefined where no turn leads there. */
  private ownCopy(before: number, arc: number): number | undefined {
    const turns = this.turnsOf(before).map((turn) => ({ ...turn }));
    const turn = turns.find((each) => this.original(each.to) === arc);
    if (turn === undefined) return undefined;
    if (this.into.get(turn.to) === 1) return turn.to;
    const copy = 2 * this.copyOf.length + (arc & 1);
    this.copyOf.push(arc >> 1);
    const after = this.turnsOf(turn.to).map((each) => ({ ...each }));
    for (const { to } of after) this.count(to, 1);
    this.changed.set(copy, after);
    this.count(turn.to, -1);
    this.into.set(copy, 1);
    turn.to = copy;
    this.changed.set(before, turns);
    return copy;
  }

  private count(arc: number, change: number): void {
    const known = this.into.get(arc);
    if (known !== undefined) this.into.set(arc, known + change);
  }

  finish<N extends Net>(net: N): { net: N & Pick<BusNet, "copyOf" | "nextCopy">; turns: TurnsOf } {
    const turnStart = new Growing([0]);
    const turnTo = new Growing();
    const turnMs = new Growing();
    for (let arc = 0; arc < this.copyOf.length * 2; arc++) {
      const isBase = arc < net.from.length * 2;
      for (const { to, ms } of isBase || this.changed.has(arc) ? this.turnsOf(arc) : []) {
        turnTo.push(to);
        turnMs.push(ms);
      }
      turnStart.push(turnTo.length);
    }
    return {
      net: this.withCopies(net),
      turns: { turnStart: turnStart.uint32(), turnTo: turnTo.uint32(), turnMs: turnMs.uint32() },
    };
  }

  private withCopies<N extends Net>(net: N): N & Pick<BusNet, "copyOf" | "nextCopy"> {
    const copyOf = Uint32Array.from(this.copyOf);
    const nextCopy = new Uint32Array(copyOf.length);
    for (let copy = net.from.length; copy < copyOf.length; copy++) {
      nextCopy[copy] = nextCopy[copyOf[copy]!]!;
      nextCopy[copyOf[copy]!] = copy;
    }
    const shapeStart = new Growing([0]);
    const [lats, lons] = [new Growing(), new Growing()];
    for (const street of copyOf) {
      for (let i = net.shapeStart[street]!; i < net.shapeStart[street + 1]!; i++) {
        lats.push(net.shapeLat[i]!);
        lons.push(net.shapeLon[i]!);
      }
      shapeStart.push(lats.length);
    }
    return {
      ...net,
      from: copyOf.map((street) => net.from[street]!),
      to: copyOf.map((street) => net.to[street]!),
      way: copyOf.map((street) => net.way[street]!),
      lengthM: Float64Array.from(copyOf, (street) => net.lengthM[street]!),
      shapeStart: shapeStart.uint32(),
      shapeLat: lats.float64(),
      shapeLon: lons.float64(),
      copyOf,
      nextCopy,
    };
  }
}
