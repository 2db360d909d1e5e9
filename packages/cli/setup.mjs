/**
 * What `npm start`, `npm test`, `npm run test:faults`, `npm run check` and `npm run bench` have in common on a fresh clone of a bare machine:
 * the locked packages are installed, and Node 24 is found, else taken from the checkout, where the packages brought it.
 * Plain JavaScript without imports of packages: it runs on any Node from 16 up, before anything is installed.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const modules = join(root, "node_modules");
const NODE_MAJOR = 24;

/** Node to run TypeScript with: this one when it is new enough, else the one in the checkout. */
function nodePath() {
  if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR) return process.execPath;
  return join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: `${dirname(nodePath())}${delimiter}${process.env.PATH ?? ""}`, ...options.env };
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options, env });
    // Ctrl-C reaches the whole process group by itself; a plain `kill` of this process must be passed on.
    const pass = () => child.kill("SIGTERM");
    process.once("SIGTERM", pass);
    process.on("SIGINT", () => {});
    child.on("error", (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on("exit", (code, signal) => {
      process.removeListener("SIGTERM", pass);
      resolve(code ?? (signal === "SIGTERM" || signal === "SIGINT" ? 130 : 1));
    });
  });
}

/** Installs the locked packages unless this lock file's are there already. */
async function install() {
  const stamp = join(modules, ".trivium-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock && existsSync(nodePath())) return 0;
  process.stderr.write("Trivium: installing packages (once) …\n");
  const npm = process.env.npm_execpath;
  // `npm ci` refuses a lock that was made where a registry lacks some other platform's optional package; this takes the same versions and writes nothing.
  const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = npm
    ? await run(process.execPath, [npm, ...args])
    : await run("npm", args, { shell: process.platform === "win32" });
  if (code !== 0) {
    process.stderr.write(
      "Trivium: the packages could not be installed (see above). Maybe the npm registry cannot be reached?\n",
    );
    return code;
  }
  if (!existsSync(nodePath())) {
    process.stderr.write(
      `Trivium needs Node ${NODE_MAJOR}; this is ${process.version}, and npm brought none for ${process.platform}-${process.arch}. Maybe install Node ${NODE_MAJOR} by hand?\n`,
    );
    return 1;
  }
  // What the type check remembers of packages that were not there yet.
  rmSync(join(root, ".cache", "types.tsbuildinfo"), { force: true });
  writeFileSync(stamp, lock);
  return 0;
}

const node = (...args) => run(nodePath(), args);
const packageFile = (...parts) => join(modules, ...parts);

/** Types, lint and format, unused code: side by side, every complaint shown. */
async function check() {
  const codes = await Promise.all([
    node(packageFile("typescript", "bin", "tsc"), "--noEmit"),
    node(packageFile("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."),
    node(packageFile("knip", "bin", "knip.js"), "--no-progress"),
  ]);
  return Math.max(...codes);
}

const commands = {
  start: (args) => node(join("packages", "cli", "trivium.mjs"), "demo", "--serve", ...args),
  check,
  bench: (args) => node(join("bench", "run.ts"), ...args),
  faults: (args) => node(packageFile("vitest", "vitest.mjs"), "run", "--config", "vitest.faults.ts", ...args),
  async test(args) {
    const code = args.length === 0 ? await check() : 0;
    return code || node(packageFile("vitest", "vitest.mjs"), "run", ...args);
  },
};

const [name, ...args] = process.argv.slice(2);
if (!(name in commands)) {
  process.stderr.write(`usage: node packages/cli/setup.mjs ${Object.keys(commands).join("|")}\n`);
  process.exit(2);
}
const failed = await install();
process.exit(failed || (await commands[name](args)));
