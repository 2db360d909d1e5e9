import { Random } from "@trivium/engine";
import type { Vehicle, VrpPlan, VrpProblem } from "../problem.ts";

interface Shape {
  readonly tasks: number;
  readonly timed?: boolean;
  readonly symmetric?: boolean;
  readonly kinds?: number;
}

/** Deliveries from one depot with one load, drawn from a seed: what moves with penalties are made for. */
export function randomProblem(seed: number, { tasks, timed = false, symmetric = true, kinds = 1 }: Shape): VrpProblem {
  const random = new Random(seed);
  const points = Array.from({ length: tasks + 1 }, () => [random.below(200), random.below(200)]);
  const drives = Int32Array.from({ length: points.length ** 2 }, (_, at) => {
    const [a, b] = [points[Math.floor(at / points.length)], points[at % points.length]];
    return Math.round(Math.hypot(a[0] - b[0], a[1] - b[1])) + (symmetric || a === b ? 0 : random.below(20));
  });
  const vehicle = (kind: number): Vehicle => ({
    start: 0,
    end: 0,
    capacity: [12 + 4 * kind],
    skills: [],
    window: timed ? [0, 1500] : null,
    breaks: [],
    costs: { fixed: 50 * kind, perHour: 3600 * (1 + kind), perKm: 0, perTaskHour: 0 },
    matrix: 0,
    speedFactor: 1,
    tasksMax: Infinity,
    travelMaxS: Infinity,
    distanceMaxM: Infinity,
    durationMaxS: Infinity,
    initial: [],
  });
  return {
    places: points.length,
    matrices: [{ durationsS: drives, distancesM: drives }],
    jobs: Array.from({ length: tasks }, (_, i) => {
      const open = random.below(900);
      return {
        visit: {
          place: i + 1,
          setupS: 0,
          serviceS: timed ? 10 : 0,
          windows: timed ? [[open, open + 100 + random.below(300)] as const] : [],
        },
        delivery: [1 + random.below(5)],
        pickup: [],
        skills: [],
        priority: 0,
      };
    }),
    shipments: [],
    vehicles: Array.from({ length: tasks }, (_, v) => vehicle(v % kinds)),
    order: [],
    fewestVehicles: false,
  };
}

/** All tasks dealt to a few vehicles at random: loads and times broken on purpose. */
export function dealt(problem: VrpProblem, seed: number): VrpPlan {
  const random = new Random(seed);
  const used = Math.max(2, Math.ceil(problem.jobs.length / 6));
  const tours = Array.from({ length: used }, (_, vehicle) => ({ vehicle, tasks: [] as number[] }));
  const order = random.shuffle(Array.from(problem.jobs.keys()));
  for (const task of order) tours[random.below(used)].tasks.push(task);
  return { tours: tours.filter(({ tasks }) => tasks.length > 0) };
}
