import type { Direction, RoutingProblem } from "../problem.ts";
import type { SettledHalf } from "../timetable/settle.ts";
import { pieceMetres } from "./assign-kinds.ts";
import { joinedWithin } from "./ranges.ts";

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
    const pm = piecesOf(halves.PM, "PM", index);
    const metres = (pieces: readonly BusPiece[]) =>
      pieces.map((piece) => pieceMetres(problem, piece.direction, piece.runs, index));
    return joinedWithin(metres(am), metres(pm), kind.rangeM).map((day, bus) => ({
      busId: kind.busIds[bus],
      kind: index,
      pieces: [am[day.am], pm[day.pm]].filter((piece) => piece !== undefined),
    }));
  });
}

function piecesOf(half: SettledHalf, direction: Direction, kind: number): BusPiece[] {
  return half.plan.pieces.flatMap((piece, index) =>
    piece.kind === kind ? [{ direction, runs: piece.runs, ends: half.ends[index] }] : [],
  );
}
