export type OsmTags = Readonly<Record<string, string>>;
export type OsmMemberType = "node" | "way" | "relation";

export interface OsmNode {
  readonly id: number;
  /** WGS 84 decimal degrees. */
  readonly lat: number;
  readonly lon: number;
  readonly tags: OsmTags;
}

export interface OsmWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: OsmTags;
}

export interface OsmMember {
  readonly type: OsmMemberType;
  readonly ref: number;
  readonly role: string;
}

export interface OsmRelation {
  readonly id: number;
  readonly members: readonly OsmMember[];
  readonly tags: OsmTags;
}
