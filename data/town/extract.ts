import { type OsmContent, type OsmNode, type OsmWay, readOsmPbf } from "@trivium/roads";

/** The streets of a real extract: its ways with a highway tag and the nodes that they pass. */
export async function readExtract(path: string): Promise<OsmContent> {
  const ways: OsmWay[] = [];
  await readOsmPbf(path, { way: (way) => void (way.tags.highway && ways.push(way)) });
  const used = new Set(ways.flatMap((way) => way.refs));
  const nodes: OsmNode[] = [];
  await readOsmPbf(path, { node: (node) => void (used.has(node.id) && nodes.push(node)) });
  return { nodes, ways };
}
