import { createContext } from "@trivium/engine";
import { engine, type FacilitiesProblem } from "@trivium/facilities";
import type { BaselinesAnswer, Dataset, FuturesAnswer, Plan } from "@trivium/model";
import { solvePlan } from "@trivium/worker";
import { capitalDistrict } from "../../capital-district.ts";
import type { Measurement, Row } from "../../measurement.ts";
import { measuredOnce } from "../../peers.ts";
import { measured } from "../../results.ts";
import { HIGHS, solveByHighs } from "./highs-peer.ts";
import { percent, usd } from "./words.ts";

interface Solved {
  readonly plan: Plan<"facilities">;
  readonly buildS: number;
  readonly solveS: number;
  readonly memoryMb: number;
}

const seconds = () => performance.now() / 1000;

/** Builds and solves in this thread; the time limit is the search's own. */
async function solved(dataset: Dataset, timeS: number): Promise<Solved> {
  const start = seconds();
  const problem = await engine.build(dataset, {}, {});
  const built = seconds();
  const limits = { timeS };
  const solution = await engine.solve(problem, {}, createContext(problem, { limits, now: () => performance.now() }));
  const solveS = seconds() - built;
  const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
  return { plan, buildS: built - start, solveS, memoryMb: process.memoryUsage().rss / 2 ** 20 };
}

/** Both readings of how near a plan is to its bound: of what can be saved, and of what is spent. */
function nearness({ plan }: Pick<Solved, "plan">): { saving: number; objective: number; text: string } {
  const { objective_usd, bound_usd, saving_share_of_bound } = plan.metrics as Record<string, number>;
  const objective = bound_usd / objective_usd;
  return {
    saving: saving_share_of_bound,
    objective,
    text: `saves ${percent(saving_share_of_bound)} of the most that any plan can (bound ÷ cost ${percent(objective)})`,
  };
}

const SMALL = { assets: 150, years: 5, timeS: 20 };
const SIZES = [SMALL, { assets: 5_000, years: 10, timeS: 10 }, { assets: 60_000, years: 30, timeS: 60 }] as const;

const THREADS = 2;

/** A verified plan by the worker, as a user has it; the time limit is the search's own. */
async function planned(dataset: Dataset, timeS: number): Promise<{ plan: Plan<"facilities">; tookS: number }> {
  const settings = { time_s: timeS, threads: THREADS, seed: 1 };
  const start = seconds();
  const plan = await solvePlan({ dataset, area: "facilities", scenario: { name: "bench", changes: [], settings } });
  return { plan: plan as Plan<"facilities">, tookS: seconds() - start };
}

/** A row that knows its name before it is measured, so that a bench that stopped goes on where it was. */
interface Planned {
  readonly what: string;
  readonly instance: string;
  readonly measure: () => Promise<Omit<Measurement, "what" | "instance">>;
}

/** Plans of large and small districts: their bound, HiGHS alone, the rules of thumb on the same futures, and how time and memory grow. */
export async function* planScaleRows(): AsyncGenerator<Row> {
  for (const { what, instance, measure } of [...sizeRows(), ...besideRows(), futuresRow(), ...growthRows()])
    if (!measured({ area: "facilities", what, instance })) yield { what, instance, ...(await measure()) };
}

const sizeRows = (): Planned[] =>
  SIZES.map(({ assets, years, timeS }) => ({
    what: `capital plan in ${timeS} s, two threads, verified`,
    instance: `${assets.toLocaleString("en-US")} assets × ${years} y, four funds, bundling, smoothing`,
    async measure() {
      const found = await planned(capitalDistrict({ assets, years }), timeS);
      const near = nearness(found);
      const { projects, visits } = found.plan.metrics as Record<string, number>;
      return {
        result: `${near.text}; ${projects} projects in ${visits} visits; with building and verifying ${found.tookS.toFixed(1)} s`,
        goal: "≥ 99.5 % of the bound",
        met: near.saving >= 0.995 && found.plan.verification?.ok === true,
      };
    },
  }));

/** The same district for HiGHS and for the rules of thumb, planned once. */
function besideRows(): Planned[] {
  return [SMALL, SIZES[1]].flatMap(({ assets, years, timeS }) => {
    const dataset = capitalDistrict({ assets, years });
    let made: ReturnType<typeof planned> | undefined;
    const plan = async () => {
      made ??= planned(dataset, timeS);
      return (await made).plan;
    };
    const instance = `${assets.toLocaleString("en-US")} assets × ${years} y`;
    const problem = () => engine.build(dataset, {}, {});
    return [
      {
        what: `capital plan in ${timeS} s beside HiGHS alone, two threads`,
        instance,
        measure: async () => besideHighs(await plan(), await problem(), timeS, `${assets}-${years}`),
      },
      {
        what: "share of the attainable saving, same money, 500 common futures",
        instance,
        measure: async () => beside(await plan(), await problem()),
      },
    ];
  });
}

const growthRows = (): Planned[] =>
  [500, 2_000, 8_000, 32_000].map((assets) => ({
    what: "growth: capital plan in 10 s, one thread",
    instance: `${assets.toLocaleString("en-US")} assets × 10 y`,
    async measure() {
      const found = await solved(capitalDistrict({ assets, years: 10 }), 10);
      const near = nearness(found);
      return {
        result: `${near.text}; build ${found.buildS.toFixed(1)} s, solve ${found.solveS.toFixed(1)} s, ${Math.round(found.memoryMb)} MB`,
        goal: "≥ 99.5 % of the bound",
        met: near.saving >= 0.995,
      };
    },
  }));

type Measured = Omit<Measurement, "what" | "instance">;

/** The whole program to HiGHS, as long and on as many threads. What it lets pass that a plan may not is said in the row. */
async function besideHighs(
  plan: Plan<"facilities">,
  problem: FacilitiesProblem,
  timeS: number,
  name: string,
): Promise<Measured> {
  const highs = await measuredOnce(`facilities-capital-plan-paying-funds-${name}-${timeS}-s-${HIGHS}`, () =>
    solveByHighs(problem, timeS, THREADS),
  );
  const { saved_usd, saving_share_of_bound } = plan.metrics as Record<string, number>;
  const most = saved_usd / saving_share_of_bound;
  const theirs = highs.found
    ? `HiGHS saves ${percent(highs.saving_usd / most)}, where funds may split a visit's mobilization as they like`
    : `HiGHS finds nothing in ${highs.took_s.toFixed(0)} s`;
  const bound =
    highs.bound_usd > 0 ? `; by HiGHS's own bound ours is at least ${percent(saved_usd / highs.bound_usd)}` : "";
  return {
    result: `Trivium saves ${percent(saving_share_of_bound)} of the most that any plan can, ${theirs} (${highs.columns} columns, ${highs.rows} rows)${bound}`,
    goal: "more than HiGHS alone",
    met: highs.found === 0 || highs.saving_usd < saved_usd,
  };
}

async function beside(plan: Plan<"facilities">, problem: FacilitiesProblem): Promise<Measured> {
  const asked = { kind: "baselines", futures: 500 };
  const { lists } = (await engine.ask(problem, plan, asked)) as unknown as BaselinesAnswer;
  const told = lists.map(
    (list) => `${list.name} ${percent(list.share_of_attainable ?? 0)}, emergencies ${usd(list.emergency_usd.mean)}`,
  );
  const [own, ...others] = lists;
  return {
    result: told.join("; "),
    goal: "more than any rule of thumb",
    met: others.every((list) => list.saved_usd < own.saved_usd),
  };
}

const futuresRow = (): Planned => ({
  what: "Monte Carlo, one thread",
  instance: "1,000 futures × 6,000 assets × 20 y",
  async measure() {
    const problem = await engine.build(capitalDistrict({ assets: 6_000, years: 20 }), {}, {});
    const solution = await engine.solve(problem, {}, createContext(problem, { limits: { iterations: 2_000 } }));
    const plan = { area: "facilities", seed: 1, ...solution } as unknown as Plan<"facilities">;
    const start = seconds();
    const asked = { kind: "futures", futures: 1_000 };
    const answer = (await engine.ask(problem, plan, asked)) as unknown as FuturesAnswer;
    const tookS = seconds() - start;
    return {
      result: `${tookS.toFixed(2)} s; ${answer.failures.mean.toFixed(0)} failures a future`,
      goal: "≤ 5 s",
      met: tookS <= 5,
    };
  },
});
