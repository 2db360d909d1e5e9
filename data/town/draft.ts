import type { OsmContent } from "@trivium/roads";
import { type Point, toLatLon } from "./plane.ts";

export type Tags = Readonly<Record<string, string>>;

export interface DraftWay {
  readonly nodes: readonly number[];
  readonly tags: Tags;
}

/** A map while it is being drawn: points by index, ways through them, and which of them hang together. */
export class Draft {
  readonly points: Point[] = [];
  readonly pointTags = new Map<number, Tags>();
  readonly ways: DraftWay[] = [];
  readonly relations: { members: { type: "node" | "way"; index: number; role: string }[]; tags: Tags }[] = [];
  readonly #parent: number[] = [];

  point(at: Point, tags?: Tags): number {
    this.points.push(at);
    this.#parent.push(this.points.length - 1);
    if (tags) this.pointTags.set(this.points.length - 1, tags);
    return this.points.length - 1;
  }

  /** Adds a way and returns its index; roads (not rivers, parks) join what they touch. */
  way(nodes: readonly number[], tags: Tags): number {
    if (tags.highway) for (let i = 1; i < nodes.length; i++) this.join(nodes[i - 1], nodes[i]);
    this.ways.push({ nodes, tags });
    return this.ways.length - 1;
  }

  join(a: number, b: number): void {
    this.#parent[this.#root(a)] = this.#root(b);
  }

  joined(a: number, b: number): boolean {
    return this.#root(a) === this.#root(b);
  }

  #root(point: number): number {
    while (this.#parent[point] !== point) {
      this.#parent[point] = this.#parent[this.#parent[point]];
      point = this.#parent[point];
    }
    return point;
  }

  /** Everything that hangs together with `anchor`, as OpenStreetMap data; roads cut off from it are left out. */
  finish(anchor: number): OsmContent {
    const kept = this.ways.map((way) => !way.tags.highway || this.joined(way.nodes[0], anchor));
    const used = new Set(this.ways.flatMap((way, index) => (kept[index] ? way.nodes : [])));
    const nodeId = (index: number) => 1_000_001 + index;
    const wayId = (index: number) => 500_001 + index;
    return {
      nodes: this.points.flatMap((at, index) =>
        used.has(index)
          ? [
              {
                id: nodeId(index),
                ...toLatLon(at),
                ...(this.pointTags.has(index) ? { tags: this.pointTags.get(index) } : {}),
              },
            ]
          : [],
      ),
      ways: this.ways.flatMap(({ nodes, tags }, index) =>
        kept[index] ? [{ id: wayId(index), refs: nodes.map(nodeId), tags }] : [],
      ),
      relations: this.relations.map(({ members, tags }, index) => ({
        id: 9001 + index,
        members: members.map(({ type, index: at, role }) => ({
          type,
          ref: type === "node" ? nodeId(at) : wayId(at),
          role,
        })),
        tags,
      })),
    };
  }
}
