import type { Placed } from "../../reading.ts";

/** Whether every section of the shorter list finds a partner of its own in the other (augmenting paths, Kuhn 1955); the first without one. */
export function unpaired(
  a: readonly Placed[],
  b: readonly Placed[],
  holds: (a: Placed, b: Placed) => boolean,
): Placed | undefined {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const fits = (x: Placed, y: Placed) => (few === a ? holds(x, y) : holds(y, x));
  const partner = new Map<Placed, Placed>();
  const place = (section: Placed, seen: Set<Placed>): boolean =>
    many.some((other) => {
      if (seen.has(other) || !fits(section, other)) return false;
      seen.add(other);
      const rival = partner.get(other);
      if (rival !== undefined && !place(rival, seen)) return false;
      partner.set(other, section);
      return true;
    });
  return few.find((section) => !place(section, new Set()));
}
