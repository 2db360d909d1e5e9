import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `node packages/cli/build.ts DIR`: the whole of Trivium as plain JavaScript in a folder of its own, for images and packages, where
 * Node strips no types. Each file keeps its place and its lines; what only tests need stays behind. Needs nothing installed.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const NOT_SHIPPED =
  /(^|\/)(node_modules|trial|testing|fixture|crash|toy)(\/|$)|\.test\.tsx?$|\.golden\.json$|^packages\/cli\/build\.ts$/;
/** A file of ours, named in an import, a worker's URL or package.json. */
const OUR_FILE = /(["'])([^"'\s]+)\.ts\1/g;
const plain = (text: string): string => text.replace(OUR_FILE, "$1$2.js$1");

export function build(out: string): void {
  rmSync(out, { recursive: true, force: true });
  for (const group of ["packages", "solvers"]) copy(group, out);
  for (const file of ["package.json", "package-lock.json", "LICENSE", "README.md"])
    cpSync(join(root, file), join(out, file));
  cpSync(join(root, "data/sample"), join(out, "data/sample"), { recursive: true });
}

function copy(path: string, out: string): void {
  for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
    const inside = `${path}/${entry.name}`;
    if (NOT_SHIPPED.test(inside)) continue;
    if (entry.isDirectory()) copy(inside, out);
    else if (entry.isFile()) place(inside, out);
  }
}

/** Pages are built from their sources, which the browser's own builder reads. */
const OF_PAGES = /^packages\/web\/(?!(index|build|vite\.config)\.ts$|package\.json$)/;

function place(file: string, out: string): void {
  const ours = !OF_PAGES.test(file);
  const target = join(out, ours ? file.replace(/\.ts$/, ".js") : file);
  mkdirSync(dirname(target), { recursive: true });
  if (!ours) cpSync(join(root, file), target);
  else if (file.endsWith(".ts"))
    writeFileSync(target, plain(stripTypeScriptTypes(readFileSync(join(root, file), "utf8"))));
  else if (/(\.mjs|package\.json)$/.test(file)) writeFileSync(target, plain(readFileSync(join(root, file), "utf8")));
  else cpSync(join(root, file), target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , out] = process.argv;
  if (out === undefined) {
    process.stderr.write("usage: node packages/cli/build.ts DIR\n");
    process.exit(2);
  }
  build(out);
}
