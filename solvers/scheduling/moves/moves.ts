import type { Random } from "@trivium/engine";
import { changeTeacher } from "./change-teacher.ts";
import { dropSection } from "./drop-section.ts";
import { moveUnit } from "./move-unit.ts";
import { openSection } from "./open-section.ts";
import { placeMissing } from "./place-missing.ts";
import type { Placer } from "./placer.ts";
import { replaceSection } from "./replace-section.ts";
import { swapUnits } from "./swap-units.ts";

/** A move changes places and says whether it did; students are re-seated, and the whole judged, by the annealing. */
export type Move = (placer: Placer, random: Random) => boolean;

/** Moves with the shares of picks that each gets. */
export const MOVES: readonly { readonly move: Move; readonly weight: number }[] = [
  { move: moveUnit, weight: 0.58 },
  { move: swapUnits, weight: 0.22 },
  { move: changeTeacher, weight: 0.06 },
  { move: placeMissing, weight: 0.06 },
  { move: openSection, weight: 0.04 },
  { move: replaceSection, weight: 0.02 },
  { move: dropSection, weight: 0.02 },
];
