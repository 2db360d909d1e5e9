import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shared } from "../../instances.ts";
import type { BenchArea } from "../../measurement.ts";
import { wanted } from "../../wanted.ts";
import type { Instance } from "./instance.ts";
import { ours } from "./ours.ts";
import { PEER_NAMES, type Peer, peerCost, peersPython } from "./peers.ts";
import { readHfvrp } from "./read-hfvrp.ts";
import { readLiLim } from "./read-li-lim.ts";
import { readSolomon } from "./read-solomon.ts";
import { readX } from "./read-x.ts";

/**
 * Twelve of X, of all sizes. Names for `BENCH_ONLY`: "x 10s X-n106-k14", "windows R101", "pickups lc101", "fleet X120-FSMF"; a row says of how
 * many instances it is.
 */
const TWELVE = [
  "X-n106-k14",
  "X-n153-k22",
  "X-n200-k36",
  "X-n256-k16",
  "X-n303-k21",
  "X-n344-k43",
  "X-n429-k61",
  "X-n491-k59",
  "X-n586-k159",
  "X-n670-k130",
  "X-n801-k40",
  "X-n1001-k43",
];
const SEEDS = [1, 2];
const GOALS = [
  { timeS: 10, mean: 0.8, largest: 1.3 },
  { timeS: 60, mean: 0.4, largest: 0.9 },
];
const CLASSES = [
  { name: "to 300", from: 0, to: 300 },
  { name: "300–600", from: 300, to: 600 },
  { name: "over 600", from: 600, to: Infinity },
];

type Say = (text: string) => void;
type Rows = ReturnType<BenchArea["rows"]>;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const percent = (value: number) => (Number.isFinite(value) && value < 1e6 ? `${value.toFixed(2)} %` : "no plan");
const gapOf = ({ bestKnown }: Instance, cost: number) => 100 * (cost / bestKnown.cost - 1);
const sizeOf = ({ document }: Instance) => document.jobs?.length ?? 0;

interface Gaps {
  readonly instance: Instance;
  readonly gap: number;
  readonly peers: ReadonlyMap<Peer, number>;
}

/** Ours and the peers on one instance, interleaved seed by seed. */
async function gapsOf(instance: Instance, timeS: number, python: string | undefined, say: Say): Promise<Gaps> {
  const gaps: number[] = [];
  const peers = new Map<Peer, number[]>();
  for (const seed of SEEDS) {
    gaps.push(gapOf(instance, (await ours(instance, timeS, seed)).cost));
    for (const peer of python ? (Object.keys(PEER_NAMES) as Peer[]) : []) {
      const gap = gapOf(instance, await peerCost(python as string, peer, instance, timeS, seed));
      peers.set(peer, [...(peers.get(peer) ?? []), gap]);
    }
  }
  const means = new Map([...peers].map(([peer, each]) => [peer, mean(each)]));
  say(
    `${instance.name}, ${timeS} s: ours ${percent(mean(gaps))}, ${[...means].map(([peer, gap]) => `${peer} ${percent(gap)}`).join(", ")}`,
  );
  return { instance, gap: mean(gaps), peers: means };
}

async function* xRows(say: Say): Rows {
  const folder = shared("routing/cvrplib-x");
  if (!folder) {
    yield { what: "X", instance: "12 instances", skipped: "the reference data is not beside the project" };
    return;
  }
  for (const { timeS, mean: goal, largest } of GOALS) {
    const names = TWELVE.filter((name) => wanted(`x ${timeS}s ${name}`));
    if (names.length === 0) continue;
    const python = peersPython(say);
    const all: Gaps[] = [];
    for (const name of names) all.push(await gapsOf(readX(join(folder, `${name}.vrp`)), timeS, python, say));
    const gap = mean(all.map((each) => each.gap));
    const peersOf = (of: readonly Gaps[]) =>
      (Object.keys(PEER_NAMES) as Peer[])
        .filter((peer) => of[0].peers.has(peer))
        .map((peer) => `${PEER_NAMES[peer]} ${percent(mean(of.map(({ peers }) => peers.get(peer) as number)))}`)
        .join(", ");
    const what = `X, ${timeS} s, one thread, ${SEEDS.length} seeds: mean gap to the best known`;
    yield {
      what,
      instance: `${names.length} of 12 instances`,
      result: `${percent(gap)}; ${peersOf(all)}`,
      goal: `≤ ${goal} %`,
      met: gap <= goal,
    };
    for (const { name, from, to } of CLASSES) {
      const group = all.filter(({ instance }) => sizeOf(instance) >= from && sizeOf(instance) < to);
      if (group.length === 0) continue;
      const mine = mean(group.map((each) => each.gap));
      const best = Math.min(
        ...(["pyvrp", "hgs"] as const).map((peer) => mean(group.map(({ peers }) => peers.get(peer) ?? Infinity))),
      );
      yield {
        what,
        instance: `${group.length} with ${name} customers`,
        result: `${percent(mine)}; ${peersOf(group)}`,
        goal: "at or below PyVRP and HGS-CVRP",
        met: mine <= best,
      };
    }
    const last = all.find(({ instance }) => instance.name === "X-n1001-k43");
    if (last)
      yield {
        what,
        instance: "X-n1001-k43",
        result: `${percent(last.gap)}; ${peersOf([last])}`,
        goal: `≤ ${largest} %`,
        met: last.gap <= largest,
      };
  }
}

/** All 50 instances with ours alone: the ones the rows above are not about. */
async function* allXRow(say: Say): Rows {
  const folder = shared("routing/cvrplib-x");
  const names = folder ? readdirSync(folder).filter((name) => name.endsWith(".vrp") && wanted(`xall 10s ${name}`)) : [];
  if (!folder || names.length === 0) return;
  const gaps: number[] = [];
  for (const name of names) {
    const instance = readX(join(folder, name));
    gaps.push(gapOf(instance, (await ours(instance, 10, 1)).cost));
    say(`${name}, 10 s: ${percent(gaps[gaps.length - 1])}`);
  }
  const gap = mean(gaps);
  yield {
    what: "X, 10 s, one thread, 1 seed, ours alone: mean gap",
    instance: `${names.length} of 50 instances`,
    result: `${percent(gap)}; largest ${percent(Math.max(...gaps))}`,
    goal: "≤ 1.2 %",
    met: gap <= 1.2,
  };
}

interface Counted {
  readonly what: string;
  readonly timeS: number;
  readonly distanceGoal: number;
  readonly instances: readonly Instance[];
}

/** Sets where vehicles count first: vehicles in all against the best known, distance where they are as many. */
async function* vehiclesRow({ what, timeS, distanceGoal, instances }: Counted, say: Say): Rows {
  if (instances.length === 0) return;
  let [vehicles, bestVehicles, cost, bestCost] = [0, 0, 0, 0];
  for (const instance of instances) {
    const found = await ours(instance, timeS, 1);
    vehicles += found.vehicles;
    bestVehicles += instance.bestKnown.vehicles;
    cost += found.cost;
    bestCost += instance.bestKnown.cost;
    say(
      `${instance.name}: ${found.vehicles} vehicles (best known ${instance.bestKnown.vehicles}), distance ${found.cost.toFixed(1)} (${instance.bestKnown.cost}), ${found.unassigned} left out`,
    );
  }
  const gap = 100 * (cost / bestCost - 1);
  yield {
    what: `${what}, ${timeS} s, one thread, 1 seed`,
    instance: `${instances.length} instances`,
    result: `${vehicles} vehicles (best known ${bestVehicles}), distance ${percent(gap)} above`,
    goal: `vehicles ≤ best known + 1 %, distance ≤ ${distanceGoal} %`,
    met: vehicles <= bestVehicles * 1.01 && gap <= distanceGoal,
  };
}

function bestKnownOf(folder: string): (name: string) => Instance["bestKnown"] | undefined {
  const all = JSON.parse(readFileSync(join(folder, "BKS.json"), "utf8")) as Record<
    string,
    { best_known_cost: number; solved_with_vehicles: number }
  >;
  const byName = new Map(Object.entries(all).map(([name, each]) => [name.toLowerCase(), each]));
  return (name) => {
    const each = byName.get(name.toLowerCase());
    return each && { cost: each.best_known_cost, vehicles: each.solved_with_vehicles };
  };
}

/** The files of a set whose names are chosen, with what is known of them. */
function instancesOf(
  folder: string | undefined,
  set: string,
  kind: string,
  chosen: (name: string) => boolean,
  read: (path: string, best: Instance["bestKnown"]) => Instance,
): Instance[] {
  if (!folder) return [];
  const best = bestKnownOf(folder);
  return readdirSync(join(folder, set))
    .map((file) => file.replace(/\.txt$/, ""))
    .filter((name) => chosen(name) && wanted(`${kind} ${name}`))
    .flatMap((name) => {
      const known = best(name);
      return known ? [read(join(folder, set, `${name}.txt`), known)] : [];
    });
}

async function* fleetRow(say: Say): Rows {
  const folder = shared("routing/hfvrp");
  const names = folder ? readdirSync(folder).filter((name) => name.endsWith(".vrp") && wanted(`fleet ${name}`)) : [];
  if (!folder || names.length === 0) return;
  const gaps: number[] = [];
  for (const name of names) {
    const instance = readHfvrp(join(folder, name));
    gaps.push(gapOf(instance, (await ours(instance, 60, 1)).cost));
    say(`${name}: ${percent(gaps[gaps.length - 1])}`);
  }
  const gap = mean(gaps);
  yield {
    what: "heterogeneous fleets (Pessoa et al.), 60 s, one thread, 1 seed: mean gap",
    instance: `${names.length} of 20 instances`,
    result: `${percent(gap)}; largest ${percent(Math.max(...gaps))}`,
    goal: "≤ 2.0 %",
    met: gap <= 2,
  };
}

/** Generic vehicle routing on the public sets. Every plan went through the document, the answer and the verifier. */
export const vrp: BenchArea = {
  name: "vrp",
  async *rows(say) {
    yield* xRows(say);
    yield* allXRow(say);
    const windows = shared("routing/vrptw");
    const pickups = shared("routing/li-lim");
    const twelfth = new Set(["1", "5"]);
    yield* vehiclesRow(
      {
        what: "Solomon",
        timeS: 30,
        distanceGoal: 1.5,
        instances: instancesOf(windows, "solomon", "windows", () => true, readSolomon),
      },
      say,
    );
    yield* vehiclesRow(
      {
        what: "Gehring & Homberger 200",
        timeS: 30,
        distanceGoal: 1.5,
        instances: instancesOf(
          windows,
          "homberger_200",
          "windows",
          (name) => twelfth.has(name.split("_")[2]),
          readSolomon,
        ),
      },
      say,
    );
    yield* vehiclesRow(
      {
        what: "Li & Lim 100",
        timeS: 30,
        distanceGoal: 2,
        instances: instancesOf(pickups, "li_lim_100", "pickups", (name) => /0[15]$/.test(name), readLiLim),
      },
      say,
    );
    yield* vehiclesRow(
      {
        what: "Li & Lim 200",
        timeS: 30,
        distanceGoal: 2,
        instances: instancesOf(pickups, "li_lim_200", "pickups", (name) => /_2_[27]$/.test(name), readLiLim),
      },
      say,
    );
    yield* fleetRow(say);
  },
};
