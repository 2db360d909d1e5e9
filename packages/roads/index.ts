export type { OsmMember, OsmMemberType, OsmNode, OsmRelation, OsmTags, OsmWay } from "./osm/entities.ts";
export { type OsmContent, writeOsmPbf } from "./osm/write.ts";
