import { InputError } from "@trivium/model";

/** What archivers add and no district means. */
const NOISE = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/;

/**
 * The files as the district folder would hold them: a zip often wraps everything in one folder, and that one is taken off.
 * @throws InputError two-districts when two folders hold a district.json
 */
export function atDistrictRoot(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const kept = [...files].filter(([path]) => !NOISE.test(path));
  const root = rootOf(kept.map(([path]) => path));
  const inside = kept.filter(([path]) => path.startsWith(root));
  return new Map(inside.map(([path, bytes]) => [path.slice(root.length), bytes]));
}

function rootOf(paths: readonly string[]): string {
  for (const marker of ["district.json", "schools.csv"]) {
    const roots = paths.filter((path) => path === marker || path.endsWith(`/${marker}`));
    if (roots.length === 0) continue;
    roots.sort((a, b) => depth(a) - depth(b));
    if (roots.length > 1 && depth(roots[0]) === depth(roots[1])) {
      throw new InputError(
        "two-districts",
        `there are several districts: ${roots[0]} and ${roots[1]}. Pack one at a time`,
      );
    }
    return roots[0].slice(0, -marker.length);
  }
  return "";
}

const depth = (path: string): number => path.split("/").length;
