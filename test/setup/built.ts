import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../packages/cli/build.ts";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** What the image carries: built JavaScript, over the packages that are installed here. */
export function builtTrivium(out: string): string {
  build(out);
  const installed = join(out, "node_modules");
  mkdirSync(join(installed, "@trivium"), { recursive: true });
  for (const name of readdirSync(modules))
    if (!name.startsWith(".") && name !== "@trivium") symlinkSync(join(modules, name), join(installed, name));
  for (const group of ["packages", "solvers"])
    for (const name of readdirSync(join(out, group)))
      symlinkSync(join(out, group, name), join(installed, "@trivium", name));
  return out;
}
