import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DCLinter } from "dclint";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ENVIRONMENT_NAMES } from "../packages/cli/environment.ts";

const file = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const read = (name: string) => readFileSync(file(name), "utf8");

interface LintResult {
  readonly messages: readonly { readonly rule: string; readonly line: number }[];
}

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly restart?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cap_drop?: readonly string[];
}
const { services } = parse(read("compose.yaml"), { merge: true }) as { services: Record<string, Service> };
/** They make the map ready and end. */
const ONCE = new Set(["osrm-profile", "osrm-prepare"]);
const own = Object.entries(services).filter(([, { image }]) => image.startsWith("trivium:"));

test("compose.yaml keeps to the Compose specification and to its linter", async () => {
  const rules = {
    "service-keys-order": 0,
    "services-alphabetical-order": 0,
    "top-level-properties-order": 0,
    "require-quotes-in-ports": 0,
    "no-build-and-image": 0,
  };
  const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] } as never);
  const found: LintResult[] = await linter.lintFiles([file("compose.yaml")], false);
  expect(found.flatMap(({ messages }) => messages.map(({ rule, line }) => `${rule}:${line}`))).toEqual([]);
});

test("the Dockerfile is a valid one, and runs as nobody in particular", () => {
  expect(validate(read("Dockerfile"), {})).toEqual([]);
  const last =
    read("Dockerfile")
      .split(/^FROM /m)
      .at(-1) ?? "";
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  expect(last).not.toMatch(/\.ts\b/);
});

test("the services are an API, two workers, Redis, Postgres and OSRM", () => {
  expect(Object.keys(services).filter((name) => !ONCE.has(name))).toEqual(
    expect.arrayContaining(["api", "worker-1", "worker-2", "postgres", "redis", "osrm"]),
  );
  expect(own.map(([, { command }]) => command?.[0])).toEqual(["serve", "worker", "worker", "roads"]);
});

test("no service is root, every one is watched, starts again, and has an image of one version", () => {
  for (const [name, service] of Object.entries(services)) {
    expect(service.user, name).toMatch(/^(?!root|0(:|$))/);
    expect(service.image, name).toMatch(/:v?\d+\.\d+/);
    if (ONCE.has(name)) continue;
    expect(service.restart, name).toBe("unless-stopped");
    expect(service.cap_drop, name).toEqual(["ALL"]);
    // The API's is the image's own.
    if (name !== "api") expect(service.healthcheck, name).toBeDefined();
  }
});

test("only the API is reachable, and from this machine alone", () => {
  for (const [name, { ports = [] }] of Object.entries(services))
    expect(ports, name).toEqual(name === "api" ? ["127.0.0.1:3000:3000"] : []);
});

test("every variable that is set is one that is read, and no password stands in the file", () => {
  for (const [name, { environment = {} }] of own)
    for (const variable of Object.keys(environment))
      expect(ENVIRONMENT_NAMES, `${name} ${variable}`).toContain(variable);
  expect(read("compose.yaml")).not.toMatch(/PASSWORD: (?!\$\{POSTGRES_PASSWORD:\?)/);
});

test("the page for the district's IT names every variable, and the images that compose.yaml does", () => {
  const page = read("packages/docs/operating.md");
  for (const name of ENVIRONMENT_NAMES) expect(page).toContain(`\`${name}\``);
  for (const { image } of Object.values(services)) expect(page).toContain(image);
});
