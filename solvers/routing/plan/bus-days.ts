import type { Direction, RoutingProblem } from "../problem.ts";
import type { SettledHalf } from "../timetable/settle.ts";

/** A piece given to a bus: its runs (visits in kernel order) and when each ends. */
export interface BusPiece {
  readonly direction: Direction;
  readonly runs: readonly (readonly number[])[];
  readonly ends: readonly number[];
}

export interface BusDay {
  readonly busId: string;
  readonly kind: number;
  readonly pieces: readonly BusPiece[];
}

/** Joins morning and afternoon pieces of the same kind of bus into bus days, longest with shortest (so that ranges hold), and names the buses. */
export function busDaysOf(problem: RoutingProblem, halves: Record<Direction, SettledHalf>): BusDay[] {
  return problem.kinds.flatMap((kind, index) => {
    const am = piecesOf(halves.AM, "AM", index);
    const pm = piecesOf(halves.PM, "PM", index).reverse();
    const days: BusDay[] = [];
    for (let i = 0; i < Math.max(am.length, pm.length); i++) {
      const pieces = [am[i], pm[i]].filter((piece) => piece !== undefined);
      days.push({ busId: kind.busIds[i], kind: index, pieces });
    }
    return days;
  });
}

function piecesOf(half: SettledHalf, direction: Direction, kind: number): BusPiece[] {
  return half.plan.pieces
    .map((piece, index) => ({ kind: piece.kind, direction, runs: piece.runs, ends: half.ends[index] }))
    .filter((piece) => piece.kind === kind)
    .map(({ direction, runs, ends }) => ({ direction, runs, ends }))
    .sort((a, b) => spanOf(b) - spanOf(a));
}

const spanOf = (piece: BusPiece): number => piece.runs.reduce((sum, run) => sum + run.length, 0);
