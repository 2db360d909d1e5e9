import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext } from "@trivium/engine";
import { checkVroom, readVroom, solveVroom } from "@trivium/routing";
import { verifyVroom } from "@trivium/verify";
import type { Instance } from "./instance.ts";

const folder = fileURLToPath(new URL("../../results/vrp/", import.meta.url));
const source = fileURLToPath(new URL("../../../solvers/routing/vrp/", import.meta.url));

export interface Found {
  /** In the instance's own unit. */
  readonly cost: number;
  readonly vehicles: number;
  readonly unassigned: number;
}

/** Digest of the solver's sources: what was measured with other code is measured again. */
const code = (() => {
  const hash = createHash("sha256");
  for (const name of readdirSync(source, { recursive: true }).map(String).sort())
    if (name.endsWith(".ts") && !name.endsWith(".test.ts")) hash.update(readFileSync(join(source, name)));
  return hash.digest("hex").slice(0, 12);
})();

/** One solve in one thread for so many seconds, verified; kept in a file of its own, so that a bench that stopped goes on where it was. */
export async function ours(instance: Instance, timeS: number, seed: number): Promise<Found> {
  const path = join(folder, `${instance.name}-${timeS}s-seed${seed}.json`);
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, "utf8"));
    if (known.code === code) return known;
  }
  const document = checkVroom(instance.document, false);
  const reading = readVroom(document);
  const context = createContext(reading.problem, { limits: { timeS }, seed, now: () => performance.now() });
  const answer = await solveVroom(reading, context);
  const { violations } = verifyVroom(document, answer);
  if (violations.length > 0) throw new Error(`${instance.name}: ${violations[0].rule}: ${violations[0].message}`);
  const { cost, routes, unassigned } = answer.summary;
  const found = { code, cost: cost / instance.scale, vehicles: routes, unassigned };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(found)}\n`);
  return found;
}
