import { gapBelow, type Times } from "../kernel/times.ts";

/** MinGap(G): on a common day, at least `gap` slots between them. @returns whether two times break it */
export const tooClose = (t: Times, a: number, b: number, gap: number): boolean => gapBelow(t, a, b, gap);
