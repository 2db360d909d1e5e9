import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fitCox } from "../../../solvers/facilities/survival/cox.ts";
import { weibull } from "../../../solvers/facilities/survival/families/weibull.ts";
import { fitParametric } from "../../../solvers/facilities/survival/parametric.ts";
import type { Row } from "../../measurement.ts";
import { measuredOnce } from "../../peers.ts";
import { type Lives, madeUpLives } from "./lives.ts";
import { pythonPeer, rPeer, type StatisticsPeer } from "./statistics-peers.ts";

const COVARIATES = ["x1", "x2", "x3", "x4", "x5"];
const INSTANCES = [
  { n: 12_000, entry: true, repeats: 1 },
  { n: 10_000, entry: false, repeats: 3 },
  { n: 100_000, entry: false, repeats: 1 },
] as const;

/** Weibull and Cox regressions against lifelines, scikit-survival and R: the same lives, the fit alone, the least of several, one thread. */
export async function* regressionRows(say: (text: string) => void): AsyncGenerator<Row> {
  const peers: StatisticsPeer[] = [];
  for (const bring of [pythonPeer, rPeer]) {
    try {
      peers.push(await bring());
    } catch (error) {
      say(`a statistics peer could not be had: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
    }
  }
  for (const { n, entry, repeats } of INSTANCES) {
    const lives = madeUpLives(n, entry, 1);
    const theirs = await peersOn(peers, lives, n, entry, repeats);
    const instance = `${n.toLocaleString("en-US")} × 5 covariates${entry ? ", delayed entry" : ""}`;
    const design = designOf(lives, n);
    const observed = Uint8Array.from(lives.failed);
    const weight = new Float64Array(n).fill(1);
    const weibullS = least(() => {
      const life = { n, kind: observed, lower: lives.time, upper: lives.time, weight, columns: 5, design };
      return fitParametric({ ...life, entry: entry ? lives.entry : new Float64Array(n) }, weibull, COVARIATES).theta[1];
    });
    const coxS = least(() => {
      const seen = entry ? lives.entry : new Float64Array(n).fill(-Infinity);
      const life = {
        n,
        exit: lives.time,
        observed,
        entry: seen,
        weight,
        stratum: new Int32Array(n),
        columns: 5,
        design,
      };
      return fitCox(life, "efron", COVARIATES).beta[0];
    });
    yield rowOf("Weibull regression", instance, weibullS, theirs, "weibull");
    yield rowOf("Cox regression", instance, coxS, theirs, "cox");
  }
}

type Figures = Readonly<Record<string, number | null>>;

async function peersOn(
  peers: readonly StatisticsPeer[],
  lives: Lives,
  n: number,
  entry: boolean,
  repeats: number,
): Promise<Figures> {
  const dir = mkdtempSync(join(tmpdir(), "trivium-lives-"));
  try {
    const file = join(dir, "lives.csv");
    const names = Object.keys(lives);
    const lines = Array.from({ length: n }, (_, i) => names.map((name) => lives[name][i]).join(","));
    writeFileSync(file, `${names.join(",")}\n${lines.join("\n")}\n`);
    let figures: Figures = {};
    for (const peer of peers) {
      const name = `facilities-${peer.name}-${n}${entry ? "-entry" : ""}`;
      figures = { ...figures, ...(await measuredOnce(name, () => peer.fit(file, entry, repeats))) };
    }
    return figures;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function rowOf(
  what: string,
  instance: string,
  [seconds, x1]: readonly [number, number],
  theirs: Figures,
  model: "weibull" | "cox",
): Row {
  const ms = (s: number) => `${(1000 * s).toFixed(0)} ms`;
  const times = {
    lifelines: theirs[`lifelines_${model}_s`],
    "scikit-survival": theirs[`sksurv_${model}_s`],
    R: theirs[`${model}_s`],
  };
  const said = Object.entries(times).flatMap(([name, s]) =>
    typeof s === "number" ? [`${name} ${ms(s)} (${(s / seconds).toFixed(1)} ×)`] : [],
  );
  const reference = theirs[`${model}_x1`] ?? theirs[`lifelines_${model}_x1`];
  const apart = typeof reference === "number" ? `; x1 differs by ${Math.abs(x1 / reference - 1).toExponential(0)}` : "";
  const { lifelines, R } = times;
  return {
    what: `${what} against lifelines, scikit-survival and R`,
    instance,
    result: `${ms(seconds)}; ${said.join(", ") || "no peer could be had"}${apart}`,
    goal: "≥ 20 × lifelines, not slower than R",
    met: typeof lifelines === "number" && lifelines >= 20 * seconds && (typeof R !== "number" || R >= seconds),
  };
}

function designOf(lives: Lives, n: number): Float64Array {
  const design = new Float64Array(n * COVARIATES.length);
  COVARIATES.forEach((name, j) => {
    for (let i = 0; i < n; i++) design[i * COVARIATES.length + j] = lives[name][i];
  });
  return design;
}

/** Seconds of the fastest of seven fits, and the coefficient of x1. */
function least(once: () => number): readonly [seconds: number, x1: number] {
  let best = Infinity;
  let x1 = Number.NaN;
  for (let repeat = 0; repeat < 7; repeat++) {
    const start = performance.now();
    x1 = once();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return [best, x1];
}
