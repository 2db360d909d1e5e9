import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(new URL(".", import.meta.url)), "..", "..");

/** Where Trivium keeps what it can make again: prepared road maps. */
export const CACHE_DIR = process.env.TRIVIUM_CACHE ?? join(root, ".cache");
/** Where the embedded store lies. */
export const STATE_DIR = process.env.TRIVIUM_HOME ?? join(root, ".trivium");
export const SAMPLE_DIR = join(root, "data", "sample");
/** Where `demo` writes plans and exports. */
export const DEMO_OUT = join(root, "out", "sample");
