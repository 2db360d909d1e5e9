import type { Random } from "@trivium/engine";
import { cut, tooNear } from "./barriers.ts";
import type { Draft, Tags } from "./draft.ts";
import { CELLS, type Grid, LINES } from "./grid.ts";
import { numberedStreet, type StreetNames, treeStreet } from "./names.ts";
import { between, distance, type Point } from "./plane.ts";

/** What lies between four through roads. */
export type Fill = "downtown" | "oldTown" | "suburb" | "park" | "country";

/** How a fill's streets are drawn. */
const FILLS: Readonly<Record<Fill, { wobbleM: number; extra: number; access: readonly number[]; curved: boolean }>> = {
  downtown: { wobbleM: 4, extra: 1, access: [1, 2, 3, 4, 5, 6, 7], curved: false },
  oldTown: { wobbleM: 10, extra: 0.9, access: [1, 2, 3, 4, 5, 6, 7], curved: false },
  suburb: { wobbleM: 55, extra: 0.16, access: [2, 5], curved: true },
  park: { wobbleM: 60, extra: 0.3, access: [2, 6], curved: true },
  country: { wobbleM: 60, extra: 0, access: [4], curved: true },
};

interface Edge {
  readonly a: number;
  readonly b: number;
  /** 0: along x, named by its row; 1: along y, named by its column. */
  readonly axis: 0 | 1;
  readonly line: number;
  readonly step: number;
  readonly access: boolean;
}

/** Fills superblock (i, j) with streets; every point that it can reach hangs on the through roads. */
export function fillSuperblock(
  draft: Draft,
  grid: Grid,
  i: number,
  j: number,
  fill: Fill,
  random: Random,
  names: StreetNames,
): void {
  const lattice = latticeOf(draft, grid, i, j, FILLS[fill].wobbleM, random);
  const edges = edgesOf(draft, lattice, fill);
  const kept = fill === "country" ? lane(edges, random) : choose(draft, edges, FILLS[fill].extra, random);
  for (const edge of kept) draft.join(edge.a, edge.b);
  const degree = new Map<number, number>();
  for (const { a, b } of kept) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
  for (const chain of chains(kept)) {
    const ends = [chain[0].a, chain[chain.length - 1].b];
    const deadEnd = ends.find((end) => degree.get(end) === 1 && !onSide(lattice, end));
    const tags = streetTags(fill, chain[0], i, j, deadEnd !== undefined, random, names);
    if (deadEnd !== undefined && fill === "suburb") draft.pointTags.set(deadEnd, { highway: "turning_circle" });
    draft.way(FILLS[fill].curved ? curved(draft, chain, random) : [chain[0].a, ...chain.map((edge) => edge.b)], tags);
  }
  if (fill === "suburb") paths(draft, edges, new Set(kept), random);
}

type Lattice = readonly (readonly (number | null)[])[];

/** Points (a, b), 0 … CELLS: the sides are the through roads' own points, the inside lies between them; null too near a barrier. */
function latticeOf(draft: Draft, grid: Grid, i: number, j: number, wobbleM: number, random: Random): Lattice {
  const [west, east] = [grid.vertical[i][j].points, grid.vertical[i + 1][j].points];
  const [south, north] = [grid.horizontal[i][j].points, grid.horizontal[i][j + 1].points];
  const at = (index: number) => draft.points[index];
  const inside = (a: number, b: number): number | null => {
    const [u, v] = [a / CELLS, b / CELLS];
    const across = between(at(west[b]), at(east[b]), u);
    const up = between(at(south[a]), at(north[a]), v);
    const corner = between(between(at(west[0]), at(east[0]), u), between(at(west[CELLS]), at(east[CELLS]), u), v);
    const wobble = () => (random.unit() - 0.5) * 2 * wobbleM;
    const point: Point = { x: across.x + up.x - corner.x + wobble(), y: across.y + up.y - corner.y + wobble() };
    return tooNear(point) ? null : draft.point(point);
  };
  return Array.from({ length: CELLS + 1 }, (_, a) =>
    Array.from({ length: CELLS + 1 }, (_, b) => {
      if (a === 0) return west[b];
      if (a === CELLS) return east[b];
      return b === 0 ? south[a] : b === CELLS ? north[a] : inside(a, b);
    }),
  );
}

/** Every street piece that could be: between neighbours inside, and to the through roads where the fill allows access. */
function edgesOf(draft: Draft, lattice: Lattice, fill: Fill): Edge[] {
  const edges: Edge[] = [];
  const add = (axis: 0 | 1, line: number, step: number) => {
    const a = axis === 0 ? lattice[step][line] : lattice[line][step];
    const b = axis === 0 ? lattice[step + 1][line] : lattice[line][step + 1];
    const access = step === 0 || step === CELLS - 1;
    if (a === null || b === null || cut(draft.points[a], draft.points[b])) return;
    if (!access || FILLS[fill].access.includes(line)) edges.push({ a, b, axis, line, step, access });
  };
  for (const axis of [0, 1] as const)
    for (let line = 1; line < CELLS; line++) for (let step = 0; step < CELLS; step++) add(axis, line, step);
  return edges;
}

/** A spanning tree of what hangs together (long straight pieces first), all accesses, and a share of the rest. */
function choose(draft: Draft, edges: readonly Edge[], extra: number, random: Random): Edge[] {
  const order = edges
    .map((edge) => ({ edge, key: random.unit() * (edge.axis === 0 ? 1 : 1.7) }))
    .sort((x, y) => x.key - y.key);
  return order.flatMap(({ edge }) => {
    const needed = edge.access || !draft.joined(edge.a, edge.b);
    draft.join(edge.a, edge.b);
    return needed || random.unit() < extra ? [edge] : [];
  });
}

/** One lane through the fields, east–west or north–south. */
function lane(edges: readonly Edge[], random: Random): Edge[] {
  const axis = random.below(2);
  return edges.filter((edge) => edge.axis === axis && edge.line === 4);
}

/** Kept edges of one line that follow each other. */
function chains(kept: readonly Edge[]): Edge[][] {
  const sorted = [...kept].sort((x, y) => x.axis - y.axis || x.line - y.line || x.step - y.step);
  const found: Edge[][] = [];
  for (const edge of sorted) {
    const chain = found.at(-1);
    if (chain && chain[chain.length - 1].b === edge.a && chain[0].axis === edge.axis) chain.push(edge);
    else found.push([edge]);
  }
  return found;
}

const onSide = (lattice: Lattice, point: number): boolean =>
  lattice[0].includes(point) ||
  lattice[CELLS].includes(point) ||
  lattice.some((column) => column[0] === point || column[CELLS] === point);

/** The points of a chain with a bend in the middle of each long piece. */
function curved(draft: Draft, chain: readonly Edge[], random: Random): number[] {
  const nodes = [chain[0].a];
  for (const { a, b } of chain) {
    const [from, to] = [draft.points[a], draft.points[b]];
    const length = distance(from, to);
    if (length > 110) {
      const middle = between(from, to, 0.5);
      const bend = ((random.unit() - 0.5) * 44) / length;
      nodes.push(draft.point({ x: middle.x - (to.y - from.y) * bend, y: middle.y + (to.x - from.x) * bend }));
    }
    nodes.push(b);
  }
  return nodes;
}

function streetTags(
  fill: Fill,
  { axis, line }: Edge,
  i: number,
  j: number,
  deadEnd: boolean,
  random: Random,
  names: StreetNames,
): Tags {
  if (fill === "park") return { highway: "footway" };
  if (fill === "country")
    return { highway: "unclassified", name: `${names.next(false)}`, maxspeed: "45 mph", sidewalk: "no" };
  const residential = { highway: "residential", maxspeed: "25 mph" };
  if (fill === "suburb")
    return { ...residential, name: names.next(deadEnd), sidewalk: ["both", "right", "no"][random.below(3)] };
  const index = (axis === 0 ? j : i) * (CELLS - 1) + line;
  const name = axis === 0 ? treeStreet(index - 14) : numberedStreet(index - 13);
  const oneWay = fill === "downtown" && line % 2 === 1;
  const direction: Tags = oneWay ? { oneway: line % 4 === 1 ? "yes" : "-1" } : {};
  return { ...residential, name, sidewalk: "both", ...direction };
}

/** Some of the streets that were not built are footpaths between the courts. */
function paths(draft: Draft, edges: readonly Edge[], kept: ReadonlySet<Edge>, random: Random): void {
  for (const edge of edges)
    if (!kept.has(edge) && random.unit() < 0.14) draft.way([edge.a, edge.b], { highway: "footway" });
}

/** Superblock (i, j) → what it is: dense in the middle, fields at the rim. */
export function fillOf(i: number, j: number): Fill {
  const x = (LINES[i] + LINES[i + 1]) / 2;
  const y = (LINES[j] + LINES[j + 1]) / 2;
  const out = Math.max(Math.abs(x - 100), Math.abs(y - 100));
  if (out < 500) return "downtown";
  if (out < 1700) return "oldTown";
  if ((i === 2 && j === 4) || (i === 6 && j === 3)) return "park";
  return out < 4300 ? "suburb" : "country";
}
