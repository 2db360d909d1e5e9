import { createContext } from "@trivium/engine";
import type { VroomAnswer, VroomDocument } from "@trivium/model";
import { checkVroom, readVroom, solveVroom } from "@trivium/routing";

/** The answer to a document, solved in this thread. */
export async function answered(document: VroomDocument, iterations = 300, seed = 1, threads = 1): Promise<VroomAnswer> {
  const reading = readVroom(checkVroom(document, false));
  return solveVroom(reading, createContext(reading.problem, { limits: { iterations }, seed, threads }));
}

/** Drives of a straight road with a place every ten minutes. */
export const straightRoad = (places: number): number[][] =>
  Array.from({ length: places }, (_, i) => Array.from({ length: places }, (_, j) => 600 * Math.abs(i - j)));
