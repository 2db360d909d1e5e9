import type { Random } from "@trivium/engine";
import { CUT_SHORT, FAILED, NEVER, type Register, STANDING } from "../register/register.ts";
import { fitLives } from "./life-model.ts";

/** How often the 80 % interval of a type's median life held the true one, among types with so many failures. */
export interface Coverage {
  readonly types: number;
  readonly covered: number;
}

const Z_80 = 1.2815515655446004;
const TYPES = 12;
const AS_OF = 20_000;
const REGISTER_FROM = AS_OF - 12 * 365;

/**
 * Draws districts whose hidden lives scatter around the published ones as the priors say, seen through a register that began 12 years ago,
 * fits them, and counts for types with 3 to 10 failures whether the 80 % interval of the median life holds the truth.
 */
export function coverageOfLifeIntervals(random: Random, districts: number): Coverage {
  let types = 0;
  let covered = 0;
  for (let d = 0; d < districts; d++) {
    const { register, medians } = drawDistrict(random);
    const model = fitLives(register, AS_OF);
    medians.forEach((median, t) => {
      const failures = model.failuresByType[t];
      if (failures < 3 || failures > 10) return;
      types++;
      covered += +(Math.abs(Math.log(median) - model.logMedian[t]) <= Z_80 * model.logMedianSd[t]);
    });
  }
  return { types, covered };
}

function drawDistrict(random: Random): { register: Register; medians: number[] } {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
  const delta = 0.3 * normal();
  const kappa = 0.35 * normal();
  const units: { type: number; installed: number; removed: number; reason: number }[] = [];
  const medians: number[] = [];
  const published = Array.from({ length: TYPES }, (_, t) => 12 + t);
  published.forEach((lifeMedian, type) => {
    const sigma0 = (0.3 * Math.sqrt(6)) / Math.PI;
    const sigma = sigma0 * Math.exp(kappa + 0.25 * normal());
    const mu = Math.log(lifeMedian) - sigma0 * Math.log(Math.LN2) + delta + 0.2 * normal();
    medians.push(Math.exp(mu + sigma * Math.log(Math.LN2)));
    for (let place = 0; place < 4 + random.below(20); place++) {
      let installed = AS_OF - Math.round(365.25 * 60 * random.unit());
      while (installed < AS_OF) {
        const life = Math.exp(mu + sigma * Math.log(-Math.log(1 - random.unit())));
        const failed = installed + Math.max(1, Math.round(365.25 * life));
        const planned =
          random.unit() < 0.1 ? installed + Math.round(365.25 * lifeMedian * (0.5 + random.unit())) : NEVER;
        const removed = Math.min(failed, planned);
        if (removed > REGISTER_FROM)
          units.push({
            type,
            installed,
            removed: removed <= AS_OF ? removed : NEVER,
            reason: removed > AS_OF ? STANDING : failed <= planned ? FAILED : CUT_SHORT,
          });
        installed = removed;
      }
    }
  });
  return { register: registerOf(units, published), medians };
}

function registerOf(
  units: readonly { type: number; installed: number; removed: number; reason: number }[],
  published: readonly number[],
): Register {
  const n = units.length;
  const zero = () => new Float64Array(n);
  return {
    assetIds: units.map((_, u) => `U${u}`),
    types: published.map((lifeMedianYears, t) => ({
      id: `T${t}`,
      title: `T${t}`,
      uniformat: "D30",
      lifeMedianYears,
      lifeSpread: 0.3,
      lifeGiven: true,
      lifeSource: "drawn",
      failureCostUsd: 0,
      renewal: null,
    })),
    makers: [],
    buildings: [{ id: "B", school: 0, ordersFromDay: REGISTER_FROM }],
    schoolIds: ["S"],
    type: Int32Array.from(units, (each) => each.type),
    maker: new Int32Array(n).fill(-1),
    building: new Int32Array(n),
    school: new Int32Array(n),
    installDay: Int32Array.from(units, (each) => each.installed),
    installSlackYears: zero(),
    registerDay: Int32Array.from(units, (each) => Math.max(each.installed, REGISTER_FROM)),
    removedDay: Int32Array.from(units, (each) => each.removed),
    seenDay: Int32Array.from(units, (each) => each.removed),
    removal: Uint8Array.from(units, (each) => each.reason),
    costUsd: zero(),
    criticality: zero(),
    size: zero(),
    energyUsd: zero(),
    serviceFactor: zero().fill(1),
    serviceFromDay: new Int32Array(n).fill(NEVER),
    conditions: { starts: new Int32Array(n + 1), day: new Int32Array(), share: new Float64Array() },
    orders: { starts: new Int32Array(n + 1), day: new Int32Array(), costUsd: new Float64Array() },
  };
}
