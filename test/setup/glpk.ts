import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VERSION = "5.0.0";

/**
 * glpk.js where the tests find it, as an operator who wants it would install it. It is under the GPL-3.0, so no package here depends on it and
 * no lock file names it: it is brought into `.cache/` and linked from `node_modules`.
 */
export async function installGlpk(): Promise<void> {
  const home = join(ROOT, ".cache", `glpk.js-${VERSION}`);
  const link = join(ROOT, "node_modules", "glpk.js");
  if (!existsSync(home)) await bring(home);
  if (existsSync(link)) return;
  await symlink(home, link).catch((error) => {
    // Another test file was quicker.
    if (!existsSync(link)) throw error;
  });
}

async function bring(home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const dir = await mkdtemp(join(dirname(home), "glpk-"));
  try {
    await run("npm", ["pack", `glpk.js@${VERSION}`, "--pack-destination", dir], { cwd: ROOT, timeout: 120_000 });
    await run("tar", ["-xzf", join(dir, `glpk.js-${VERSION}.tgz`), "-C", dir]);
    await rename(join(dir, "package"), home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
