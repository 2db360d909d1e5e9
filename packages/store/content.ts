import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Values as gzipped JSON, packed and unpacked off the event loop. */
export const pack = async (value: unknown): Promise<Uint8Array> => compress(JSON.stringify(value), { level: 6 });
export const unpack = async <T>(content: Uint8Array): Promise<T> =>
  JSON.parse((await expand(content)).toString("utf8"));
