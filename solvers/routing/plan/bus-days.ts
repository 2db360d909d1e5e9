import { visitsOf } from "../halfday/run-items.ts";
import type { BusKind, Direction, RoutingProblem } from "../problem.ts";
import type { SettledHalf } from "../timetable/settle.ts";
import { pieceMetres } from "./assign-kinds.ts";
import { claimsOf, settleClaims } from "./names.ts";
import { joinedWithin } from "./ranges.ts";

/** A piece given to a bus: its runs (items in kernel order) and when each is done at each of its schools. */
export interface BusPiece {
  readonly direction: Direction;
  readonly runs: readonly (readonly number[])[];
  readonly calls: readonly (readonly number[])[];
}

export interface BusDay {
  readonly busId: string;
  readonly kind: number;
  readonly pieces: readonly BusPiece[];
}

/**
 * Joins morning and afternoon pieces of the same kind of bus into bus days, and names the buses: longest with shortest (so that ranges hold), or, where the
 * service before is to change little, the pieces of one bus again.
 */
export function busDaysOf(problem: RoutingProblem, halves: Record<Direction, SettledHalf>): BusDay[] {
  return problem.kinds.flatMap((kind, index) => {
    const am = piecesOf(halves.AM, "AM", index);
    const pm = piecesOf(halves.PM, "PM", index);
    const metres = (pieces: readonly BusPiece[]) =>
      pieces.map((piece) => pieceMetres(problem, piece.direction, piece.runs, index));
    const [amM, pmM] = [metres(am), metres(pm)];
    const named = problem.baseline && daysAsBefore(problem, kind, am, pm, (a, p) => amM[a] + pmM[p] <= kind.rangeM);
    const days =
      named && named.length <= kind.busIds.length
        ? named
        : joinedWithin(amM, pmM, kind.rangeM).map((day, bus) => ({ ...day, busId: kind.busIds[bus] }));
    return days.map((day) => ({
      busId: day.busId,
      kind: index,
      pieces: [am[day.am], pm[day.pm]].filter((piece) => piece !== undefined),
    }));
  });
}

interface Day {
  am: number;
  pm: number;
  busId: string;
}

/** Days of a kind with the buses that most riders had; pieces without one fill up the others' days, so that no more buses are used than the longer list has pieces. */
function daysAsBefore(
  problem: RoutingProblem,
  kind: BusKind,
  am: readonly BusPiece[],
  pm: readonly BusPiece[],
  fits: (am: number, pm: number) => boolean,
): Day[] {
  const namesOf = (pieces: readonly BusPiece[]) =>
    settleClaims(
      pieces.map(({ direction, runs }) =>
        claimsOf(problem, direction, visitsOf(runs.flat()), (before) => before.busId),
      ),
      (id) => kind.busIds.includes(id),
    );
  const [amNames, pmNames] = [namesOf(am), namesOf(pm)];
  const days: Day[] = [];
  am.forEach((_, index) => {
    const busId = amNames[index] ?? "";
    const pair = busId === "" ? -1 : pmNames.indexOf(busId);
    days.push({ am: index, pm: pair >= 0 && fits(index, pair) ? pair : -1, busId });
  });
  const left = new Set(pm.keys());
  for (const day of days) left.delete(day.pm);
  // First days that keep both names, then any that are free in the afternoon.
  for (const mayRename of [false, true])
    for (const index of [...left]) {
      const name = pmNames[index] ?? "";
      const day = days.find(
        (each) => each.pm < 0 && fits(each.am, index) && (mayRename || name === "" || each.busId === ""),
      );
      if (!day) continue;
      day.pm = index;
      if (day.busId === "") day.busId = name;
      left.delete(index);
    }
  for (const index of left) days.push({ am: -1, pm: index, busId: pmNames[index] ?? "" });
  return withNames(days, kind);
}

/** A bus has one day; a day whose bus is taken or unknown gets any that is free. */
function withNames(days: readonly Day[], kind: BusKind): Day[] {
  const used = new Set<string>();
  const kept = days.map((day) => {
    if (day.busId === "" || used.has(day.busId)) return { ...day, busId: "" };
    used.add(day.busId);
    return day;
  });
  const free = kind.busIds.filter((id) => !used.has(id));
  return kept.map((day) => (day.busId === "" ? { ...day, busId: free.shift() ?? "" } : day));
}

function piecesOf(half: SettledHalf, direction: Direction, kind: number): BusPiece[] {
  return half.plan.pieces.flatMap((piece, index) =>
    piece.kind === kind ? [{ direction, runs: piece.runs, calls: half.calls[index] }] : [],
  );
}
