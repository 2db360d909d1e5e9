import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measuredOnce } from "../../peers.ts";
import type { Instance } from "./instance.ts";

/** Peers from PyPI, with the versions that were measured. */
const PEERS = {
  pyvrp: "pyvrp==0.14.0",
  hgs: "hygese==0.1.0",
  vroom: "pyvroom==1.15.2",
  ortools: "ortools==9.15.6755",
} as const;
export type Peer = keyof typeof PEERS;

export const PEER_NAMES: Readonly<Record<Peer, string>> = {
  pyvrp: "PyVRP 0.14.0",
  hgs: "HGS-CVRP (hygese 0.1.0)",
  vroom: "VROOM (pyvroom 1.15.2)",
  ortools: "OR-Tools 9.15",
};

const venv = fileURLToPath(new URL("../../../.cache/peers/routing/", import.meta.url));
const script = fileURLToPath(new URL("./peers.py", import.meta.url));

/** Installs the peers beside the project, once. @returns the Python that has them, undefined where there is no Python */
export function peersPython(say: (text: string) => void): string | undefined {
  const python = join(venv, "bin", "python");
  const ready = join(venv, "bin", "trivium-peers-ready");
  if (existsSync(ready)) return python;
  if (spawnSync("python3", ["--version"]).status !== 0) return undefined;
  say("installing the peers from PyPI into .cache/peers/routing …");
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "ignore" });
  run("python3", "-m", "venv", venv);
  run(python, "-m", "pip", "install", "--quiet", ...Object.values(PEERS), "numpy", "pandas");
  run("touch", ready);
  return python;
}

/** Cost of a peer's plan, counted by us from its routes; Infinity where a customer is missing or a load too great. */
export async function peerCost(
  python: string,
  peer: Peer,
  instance: Instance,
  timeS: number,
  seed: number,
): Promise<number> {
  const { plain, document } = instance;
  const matrix = document.matrices?.car.durations as number[][];
  if (!plain) throw new Error(`${instance.name} is not for peers`);
  const key = `${PEERS[peer].replace("==", "-")}-${instance.name}-${timeS}s-seed${seed}`;
  const { cost } = await measuredOnce(key, async () => {
    const input = JSON.stringify({ ...plain, matrix, vehicles: document.vehicles.length });
    const output = execFileSync(python, [script, peer, String(timeS), String(seed)], {
      input,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    const { routes } = JSON.parse(output) as { routes: number[][] };
    const served = new Set(routes.flat());
    const light = routes.every((route) => route.reduce((sum, each) => sum + plain.demand[each], 0) <= plain.capacity);
    if (served.size !== plain.demand.length - 1 || !light) return { cost: Number.MAX_SAFE_INTEGER };
    const drive = (route: number[]) => [0, ...route].reduce((sum, from, i) => sum + matrix[from][route[i] ?? 0], 0);
    return { cost: routes.reduce((sum, route) => sum + drive(route), 0) };
  });
  return cost;
}
