import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Who may import whom: model ← engine ← mip ← solvers ← worker; model ← roads ← worker, verify; model ← verify, intake, store, jobs; jobs, store, intake ← api ← client ← web; cli composes all. */
const SOLVER = ["model", "engine", "mip"];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  engine: ["model"],
  mip: ["model", "engine"],
  roads: ["model"],
  verify: ["model", "roads"],
  intake: ["model"],
  store: ["model"],
  jobs: ["model", "store"],
  scheduling: SOLVER,
  routing: SOLVER,
  facilities: SOLVER,
  worker: ["model", "engine", "mip", "roads", "verify", "jobs", "store", "scheduling", "routing", "facilities"],
  api: ["model", "intake", "store", "jobs"],
  client: ["model", "api"],
  web: ["model", "client"],
  cli: [
    "model",
    "engine",
    "roads",
    "verify",
    "intake",
    "store",
    "jobs",
    "worker",
    "api",
    "client",
    "web",
    "scheduling",
    "routing",
    "facilities",
  ],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourceFiles(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const workspaces = ["packages", "solvers"].flatMap((group) =>
  readdirSync(join(root, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ name: entry.name, folder: join(root, group, entry.name) })),
);

const SPECIFIER = /(?:from\s+|import\s*\(\s*|import\s+|new URL\(\s*)["']([^"']+)["']/g;

function importsOf({ name, folder }: { name: string; folder: string }): Import[] {
  return sourceFiles(folder).flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(SPECIFIER)].flatMap(([, specifier]) => {
      const file = relative(root, path);
      if (specifier.startsWith("@trivium/")) return [{ file, from: name, to: specifier.split("/")[1] }];
      if (!specifier.startsWith(".")) return [];
      const target = relative(folder, join(dirname(path), specifier));
      return target.startsWith("..") && !/\.(json|pbf|csv|md)$|\/$/.test(target) && !target.split(sep).includes("test")
        ? [{ file, from: name, to: `a file outside its package (${specifier})` }]
        : [];
    }),
  );
}

const imports = workspaces.flatMap(importsOf);
const isTest = (file: string) => /\.test\.tsx?$/.test(file);

test("every arrow between packages points the way the architecture says", () => {
  const offending = imports
    .filter(({ file, from, to }) => !isTest(file) && from !== to && !MAY_IMPORT[from]?.includes(to))
    .map(({ file, from, to }) => `${from} → ${to} in ${file}`);
  expect(imports.length).toBeGreaterThan(50);
  expect(offending).toEqual([]);
});

test("every package imported by another is declared in its package.json, and the other way round", () => {
  const problems = workspaces.flatMap(({ name, folder }) => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((each) =>
      each.startsWith("@trivium/"),
    );
    const used = new Set(
      imports
        .filter(({ from, to }) => from === name && to !== name && !to.includes(" "))
        .map(({ to }) => `@trivium/${to}`),
    );
    return [
      ...[...used].filter((each) => !declared.includes(each)).map((each) => `${name} imports ${each} undeclared`),
      ...declared.filter((each) => !used.has(each)).map((each) => `${name} declares ${each} and imports it nowhere`),
    ];
  });
  expect(problems).toEqual([]);
});

test("solvers and the verifier reach for no clock, chance, file, network or console", () => {
  const forbidden =
    /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bMath\.random\b|\bconsole\.|["']node:(fs|http|https|net|child_process|worker_threads)|\bfetch\(/;
  const offending = workspaces
    .filter(({ folder, name }) => folder.includes(`${sep}solvers${sep}`) || name === "engine" || name === "verify")
    .flatMap(({ folder }) => sourceFiles(folder))
    .filter((path) => !isTest(path))
    .flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .flatMap((line, index) =>
          forbidden.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line)
            ? [`${relative(root, path)}:${index + 1} ${line.trim()}`]
            : [],
        ),
    );
  expect(offending).toEqual([]);
});

/** A choice such as "MIT OR GPL-3.0" is taken as MIT. */
const gplOnly = (license: string) => license.split(/\s+OR\s+/).every((choice) => /\bA?GPL/.test(choice));

test("dependencies are pinned exactly, and none is GPL", () => {
  const ranges = [{ folder: root }, ...workspaces].flatMap(({ folder }) => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version as string))
      .map(([name, version]) => `${relative(root, folder)}: ${name}@${version}`);
  });
  expect(ranges).toEqual([]);
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const packages = Object.entries(
    lock.packages as Record<string, { license?: string; dev?: boolean; optional?: boolean }>,
  );
  expect(packages.filter(([, entry]) => !entry.dev && gplOnly(entry.license ?? "")).map(([name]) => name)).toEqual([]);
});
