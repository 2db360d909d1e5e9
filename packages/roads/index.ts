export { type EngineChoice, engineChoice } from "./engine-choice.ts";
export type { MapReport } from "./map/road-map.ts";
export { type OpenOptions, openMap, openRoads, prepareMap } from "./open.ts";
export type { OsmMember, OsmMemberType, OsmNode, OsmRelation, OsmTags, OsmWay } from "./osm/entities.ts";
export { type OsmVisitor, type ReadOptions, readOsmPbf } from "./osm/read.ts";
export { type OsmContent, writeOsmPbf } from "./osm/write.ts";
export { answerOsrm, type OsrmAnswer } from "./osrm/answers.ts";
export { type ExecutablesOptions, type OsrmExecutables, osrmExecutables } from "./osrm/executables.ts";
export { encodePolyline } from "./osrm/polyline.ts";
