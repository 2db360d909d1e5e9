import type { OsmMemberType } from "./entities.ts";

/** Field numbers of fileformat.proto and osmformat.proto, as far as reader and writer use them. */
export const BLOB_HEADER = { type: 1, dataSize: 3 } as const;
export const BLOB = { raw: 1, rawSize: 2, zlibData: 3 } as const;
export const HEADER = { requiredFeatures: 4, optionalFeatures: 5, writingProgram: 16 } as const;
export const BLOCK = { stringTable: 1, group: 2, granularity: 17, latOffset: 19, lonOffset: 20 } as const;
export const GROUP = { nodes: 1, dense: 2, ways: 3, relations: 4 } as const;
export const NODE = { id: 1, keys: 2, values: 3, lat: 8, lon: 9 } as const;
export const DENSE = { ids: 1, lats: 8, lons: 9, keysVals: 10 } as const;
export const WAY = { id: 1, keys: 2, values: 3, refs: 8 } as const;
export const RELATION = { id: 1, keys: 2, values: 3, roles: 8, memberIds: 9, memberTypes: 10 } as const;
export const MEMBER_TYPES: readonly OsmMemberType[] = ["node", "way", "relation"];

/** Differences of two ids up to this, zigzag-coded, are still exact in a double. OSM's own are below 2³⁵. */
export const MAX_ID = 2 ** 52;

/** Limits that the format sets to blobs, in bytes. */
export const MAX_BLOB_HEADER_BYTES = 64 * 1024;
export const MAX_BLOB_BYTES = 32 * 1024 * 1024;
