import type { VroomDocument } from "@trivium/model";

/** A benchmark instance as a document in VROOM's JSON, its costs and times multiplied by `scale` to be whole. */
export interface Instance {
  readonly name: string;
  readonly document: VroomDocument;
  readonly scale: number;
  readonly bestKnown: { readonly cost: number; readonly vehicles: number };
  /** What a peer needs of a plain instance. */
  readonly plain?: {
    readonly points: readonly (readonly [number, number])[];
    readonly demand: readonly number[];
    readonly capacity: number;
  };
}

/** Matrix of the plane, each distance made whole by `whole`. */
export const plane = (
  points: readonly (readonly [number, number])[],
  whole: (distance: number) => number,
): number[][] => points.map(([x, y]) => points.map(([u, v]) => whole(Math.hypot(x - u, y - v))));

/** Rows of numbers of a VRPLIB file by the name of their section. */
export function sectionsOf(text: string): Map<string, number[][]> {
  const sections = new Map<string, number[][]>();
  let rows: number[][] = [];
  for (const line of text.split("\n")) {
    const name = /^\s*([A-Z_]+_SECTION)/.exec(line);
    if (name) {
      rows = [];
      sections.set(name[1], rows);
    } else if (/^\s*-?[\d.]/.test(line)) rows.push(line.trim().split(/\s+/).map(Number));
  }
  return sections;
}

export const baseName = (path: string): string => path.replace(/^.*\/|\.[a-z]+$/g, "");
