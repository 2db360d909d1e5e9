import { closeVisit } from "./close-visit.ts";
import { exchange } from "./exchange.ts";
import { exchangeVisits } from "./exchange-visits.ts";
import { insert } from "./insert.ts";
import type { Move } from "./move.ts";
import { moveVisit } from "./move-visit.ts";
import { shift } from "./shift.ts";
import { squeeze } from "./squeeze.ts";
import { swap } from "./swap.ts";

/** The moves of the local search and how often each is drawn. */
export const MOVES: readonly { readonly move: Move; readonly share: number }[] = [
  { move: insert, share: 0.245 },
  { move: squeeze, share: 0.005 },
  { move: swap, share: 0.3 },
  { move: shift, share: 0.2 },
  { move: exchange, share: 0.1 },
  { move: moveVisit, share: 0.05 },
  { move: exchangeVisits, share: 0.05 },
  { move: closeVisit, share: 0.05 },
];

export type { Field } from "./move.ts";
export { Trial } from "./trial.ts";
