import type { Coordinate, DriveStep, Manoeuvre } from "@trivium/model";
import { instructionOf } from "../instructions.ts";
import { type BusNet, headOf, type RoadMap, type WayTable } from "../map/road-map.ts";
import { drivable, turnDegrees } from "../map/turns.ts";
import { TURN_DEGREES } from "../profile.ts";
import type { Piece } from "./pieces.ts";
import { metresOf, secondsOf } from "./weight.ts";

/** Roads that part at less than this from straight on are a fork: each of them is kept to, not turned into. */
const FORK_DEGREES = 45;

/** What is said at the start of a piece. */
interface Said {
  readonly manoeuvre: Manoeuvre;
  readonly exit?: number;
  /** The piece after which the street has the name that is said: after a roundabout, the one behind it. */
  readonly named: number;
}

/**
 * Steps of one leg for a driver's sheet: a new one where the driver must do something or the street changes its name.
 * A step's time begins with its turn. They add up to the leg.
 */
export function stepsOf(net: BusNet, { ways }: RoadMap, pieces: readonly Piece[]): DriveStep[] {
  const name = (piece: number) => streetName(net, ways, pieces[piece]!.arc);
  const steps: DriveStep[] = [];
  let said: Said = { manoeuvre: "depart", named: 0 };
  let from = 0;
  const close = (to: number) => {
    const part = pieces.slice(from, to);
    const weight = part.reduce((sum, piece) => sum + piece.weight + piece.turn, 0);
    const street = name(Math.min(said.named, pieces.length - 1));
    steps.push({
      manoeuvre: said.manoeuvre,
      ...(said.exit === undefined ? {} : { exit: said.exit }),
      street,
      instruction: instructionOf(said.manoeuvre, street, said.exit),
      distanceM: metresOf(weight),
      durationS: secondsOf(weight),
      coordinates: joined(part),
    });
  };
  for (let i = 1; i < pieces.length; i++) {
    const next = manoeuvreAt(net, ways, pieces, i, name(Math.min(said.named, pieces.length - 1)));
    if (next === null || i <= said.named) continue;
    close(i);
    said = next;
    from = i;
  }
  close(pieces.length);
  const street = name(pieces.length - 1);
  const end = pieces.at(-1)!.coordinates.at(-1)!;
  const arrive = { manoeuvre: "arrive", street, instruction: instructionOf("arrive", street) } as const;
  return [...steps, { ...arrive, distanceM: 0, durationS: 0, coordinates: [end] }];
}

/** The lines of pieces in a row as one. */
export function joined(pieces: readonly Piece[]): Coordinate[] {
  return pieces.flatMap(({ coordinates }, i) => (i === 0 ? coordinates : coordinates.slice(1)));
}

function streetName(net: BusNet, ways: WayTable, arc: number): string {
  return ways.names[ways.name[net.way[arc >> 1]!]!]!;
}

/** What the driver does between piece i − 1 and piece i; null where the road just goes on. */
function manoeuvreAt(net: BusNet, ways: WayTable, pieces: readonly Piece[], i: number, street: string): Said | null {
  const [before, after] = [pieces[i - 1]!.arc, pieces[i]!.arc];
  if (after === (before ^ 1)) return { manoeuvre: "u-turn", named: i };
  const inside = (arc: number) => ways.roundabout[net.way[arc >> 1]!] === 1;
  if (inside(after) && !inside(before)) return roundabout(net, ways, pieces, i);
  if (inside(after)) return null;
  const degrees = turnDegrees(net, before, after);
  const others = armsAt(net, headOf(net, before)).filter(
    (arm) => arm !== after && arm !== (before ^ 1) && drivable(net, ways, arm) && net.alive[arm] === 1,
  );
  const next = streetName(net, ways, after);
  const renamed = next !== "" && next !== street;
  if (Math.abs(degrees) >= TURN_DEGREES.bend) {
    // A bend without a choice is no turn.
    if (others.length === 0) return renamed ? { manoeuvre: "straight", named: i } : null;
    const side = degrees < 0 ? "left" : "right";
    if (Math.abs(degrees) > TURN_DEGREES.back) return { manoeuvre: "u-turn", named: i };
    return { manoeuvre: Math.abs(degrees) > TURN_DEGREES.sharp ? `sharp ${side}` : side, named: i };
  }
  const forks = others.map((arm) => turnDegrees(net, before, arm)).filter((each) => Math.abs(each) < FORK_DEGREES);
  const straighter = forks.some((each) => Math.abs(each) < Math.abs(degrees));
  if (forks.length > 0 && (renamed || straighter)) {
    const left = forks.every((each) => each > degrees);
    const right = forks.every((each) => each < degrees);
    if (left || right) return { manoeuvre: left ? "slight left" : "slight right", named: i };
  }
  return renamed ? { manoeuvre: "straight", named: i } : null;
}

/** Exits that are passed are counted, the one that is taken included. A drive that ends inside takes none. */
function roundabout(net: BusNet, ways: WayTable, pieces: readonly Piece[], first: number): Said {
  const inside = (arc: number) => ways.roundabout[net.way[arc >> 1]!] === 1;
  let exit = 0;
  let i = first;
  for (; i < pieces.length && inside(pieces[i]!.arc); i++) {
    if (i === pieces.length - 1) return { manoeuvre: "roundabout", named: i };
    const leaving = armsAt(net, headOf(net, pieces[i]!.arc)).filter((arm) => !inside(arm) && drivable(net, ways, arm));
    exit += inside(pieces[i + 1]!.arc) ? leaving.length : 1;
  }
  return { manoeuvre: "roundabout", exit, named: i };
}

const armsAt = (net: BusNet, node: number): number[] => [
  ...net.arms.subarray(net.armStart[node]!, net.armStart[node + 1]!),
];
