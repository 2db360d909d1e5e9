import type { HalfDayPlan } from "../halfday/copy.ts";
import type { HalfDay } from "../halfday/half-day.ts";
import { visitsOf } from "../halfday/run-items.ts";
import type { Direction, RoutingProblem } from "../problem.ts";
import { pieceHolds } from "../timetable/schedule.ts";
import { joined, pieceMetres } from "./assign-kinds.ts";

const DIRECTIONS = ["AM", "PM"] as const;

type Halves<T> = Readonly<Record<Direction, T>>;
type Run = readonly number[];
interface Piece {
  readonly kind: number;
  readonly runs: readonly Run[];
}

/** Plans whose days all stay within the range of their bus, and the visits that no bus can reach and come back from. */
export interface WithinRange {
  readonly plans: Halves<HalfDayPlan>;
  readonly outOfRange: Halves<number[]>;
}

/**
 * Holds the ranges where the choice of kinds could not: a piece that is too long is cut into pieces that are not, what then has no bus of its kind goes,
 * run by run, to any other that can drive it, and what still has none is left out. Plans of buses without ranges come back as they are.
 */
export function keepRanges(problem: RoutingProblem, days: Halves<HalfDay>, plans: Halves<HalfDayPlan>): WithinRange {
  const outOfRange = { AM: [] as number[], PM: [] as number[] };
  if (problem.kinds.every((kind) => kind.rangeM === Infinity)) return { plans, outOfRange };
  const pieces: Record<Direction, Piece[]> = { AM: [], PM: [] };
  const homeless: { direction: Direction; run: Run }[] = [];
  const drives = (direction: Direction, piece: Piece) =>
    pieceMetres(problem, direction, piece.runs, piece.kind) <= problem.kinds[piece.kind].rangeM &&
    pieceHolds(days[direction], piece);
  for (const direction of DIRECTIONS)
    for (const piece of plans[direction].pieces)
      for (const part of cut(piece, (each) => drives(direction, each)))
        if (drives(direction, part)) pieces[direction].push(part);
        else homeless.push(...part.runs.map((run) => ({ direction, run })));
  const out = (kind: number, direction: Direction) => pieces[direction].filter((piece) => piece.kind === kind).length;
  const short = (kind: number) =>
    busesNeeded(problem, pieces, kind) > problem.kinds[kind].busIds.length ||
    DIRECTIONS.some((direction) => out(kind, direction) > problem.kinds[kind].most[direction]);
  for (let kind = 0; kind < problem.kinds.length; kind++)
    while (short(kind)) {
      const { direction, piece } = smallest(pieces, kind);
      pieces[direction] = pieces[direction].filter((each) => each !== piece);
      homeless.push(...piece.runs.map((run) => ({ direction, run })));
    }
  for (const { direction, run } of homeless) {
    const home = problem.kinds.findIndex((_, kind) => {
      const piece = { kind, runs: [run] };
      if (!drives(direction, piece)) return false;
      pieces[direction].push(piece);
      if (!short(kind)) return true;
      pieces[direction].pop();
      return false;
    });
    if (home < 0) outOfRange[direction].push(...visitsOf(run));
  }
  const within = (direction: Direction): HalfDayPlan => ({ ...plans[direction], pieces: pieces[direction] });
  return { plans: { AM: within("AM"), PM: within("PM") }, outOfRange };
}

/** Morning and afternoon pieces of one kind joined into days within a range: as few days as may be where the longest with the shortest is too far. */
export function joinedWithin(
  am: readonly number[],
  pm: readonly number[],
  rangeM: number,
): { am: number; pm: number }[] {
  const plain = joined(am, pm);
  if (plain.every((day) => (am[day.am] ?? 0) + (pm[day.pm] ?? 0) <= rangeM)) return plain;
  const left = [...pm.keys()].sort((a, b) => pm[a] - pm[b] || a - b);
  const mornings = [...am.keys()].sort((a, b) => am[b] - am[a] || a - b);
  const days = mornings.map((morning) => {
    const fits = left.length > 0 && am[morning] + pm[left[0]] <= rangeM;
    return { am: morning, pm: fits ? (left.shift() ?? -1) : -1 };
  });
  return [...days, ...left.map((afternoon) => ({ am: -1, pm: afternoon }))];
}

/** A piece in parts, each as long as may be; a single run that cannot be driven stands alone. */
function cut(piece: Piece, drives: (piece: Piece) => boolean): Piece[] {
  const parts: Piece[] = [];
  for (const run of piece.runs) {
    const last = parts[parts.length - 1];
    const longer = last && { kind: piece.kind, runs: [...last.runs, run] };
    if (longer && drives(longer)) parts[parts.length - 1] = longer;
    else parts.push({ kind: piece.kind, runs: [run] });
  }
  return parts;
}

function busesNeeded(problem: RoutingProblem, pieces: Halves<readonly Piece[]>, kind: number): number {
  const metres = (direction: Direction) =>
    pieces[direction]
      .filter((piece) => piece.kind === kind)
      .map((piece) => pieceMetres(problem, direction, piece.runs, kind));
  return joinedWithin(metres("AM"), metres("PM"), problem.kinds[kind].rangeM).length;
}

/** The piece of a kind with fewest visits. */
function smallest(pieces: Halves<readonly Piece[]>, kind: number): { direction: Direction; piece: Piece } {
  const visits = (piece: Piece) => piece.runs.reduce((sum, run) => sum + run.length, 0);
  return DIRECTIONS.flatMap((direction) =>
    pieces[direction].filter((piece) => piece.kind === kind).map((piece) => ({ direction, piece })),
  ).reduce((least, each) => (visits(each.piece) < visits(least.piece) ? each : least));
}
