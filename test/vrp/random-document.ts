import { Random } from "@trivium/engine";
import type { VroomDocument } from "@trivium/model";

/** A small document with a bit of everything that the format has, drawn from a seed. Many of its tasks cannot all be served. */
export function randomDocument(seed: number): VroomDocument {
  const random = new Random(seed);
  const maybe = <T>(chance: number, value: () => T): T | undefined => (random.unit() < chance ? value() : undefined);
  const places = 6 + random.below(10);
  const points = Array.from({ length: places }, () => [random.below(1000), random.below(1000)]);
  const metric = random.unit() < 0.5;
  const drive = (a: number[], b: number[]) =>
    Math.round(Math.hypot(a[0] - b[0], a[1] - b[1])) + (metric ? 0 : random.below(300));
  const matrix = () => points.map((a) => points.map((b) => (a === b ? 0 : drive(a, b))));
  const windows = (): [number, number][] => {
    const first = random.below(4000);
    const one: [number, number] = [first, first + 200 + random.below(2500)];
    return random.unit() < 0.3 ? [one, [one[1] + 500, one[1] + 500 + random.below(2000)]] : [one];
  };
  const skills = () => maybe(0.3, () => [1 + random.below(3)]);
  const amount = () => [1 + random.below(4), random.below(3)];
  const features = { setup: maybe(0.4, () => true), breaks: maybe(0.5, () => true), pins: maybe(0.4, () => true) };
  const visit = (id: number) => ({
    id,
    location_index: random.below(places),
    service: random.below(120),
    ...(features.setup ? { setup: maybe(0.5, () => random.below(100)) } : {}),
    time_windows: maybe(0.5, windows),
  });
  const vehicleCount = 1 + random.below(4);
  const jobs = Array.from({ length: 2 + random.below(10) }, (_, i) => ({
    ...visit(i),
    delivery: maybe(0.5, amount),
    pickup: maybe(0.3, amount),
    skills: skills(),
    priority: maybe(0.2, () => random.below(100)),
    ...(features.pins
      ? {
          vehicle: maybe(0.15, () => 100 + random.below(vehicleCount)),
          skip_cost: maybe(0.15, () => random.below(900)),
          position: maybe(0.1, () => (random.unit() < 0.5 ? ("first" as const) : ("last" as const))),
          after: i > 0 ? maybe(0.2, () => random.below(i)) : undefined,
        }
      : {}),
  }));
  const shipments = Array.from({ length: random.below(5) }, (_, i) => ({
    pickup: visit(i),
    delivery: visit(i + 50),
    amount: maybe(0.7, amount),
    skills: skills(),
    priority: maybe(0.2, () => random.below(100)),
    max_ride_time: maybe(0.3, () => 600 + random.below(900)),
  }));
  const started = maybe(0.3, () => jobs.filter(() => random.unit() < 0.5).map(({ id }) => ({ type: "job", id })));
  const vehicles = Array.from({ length: vehicleCount }, (_, v) => {
    const start = random.below(places);
    const shape = random.below(4);
    return {
      id: 100 + v,
      ...(shape === 0
        ? { start_index: start }
        : shape === 1
          ? { end_index: start }
          : { start_index: start, end_index: random.below(places) }),
      capacity: [4 + random.below(10), 3 + random.below(8)],
      skills: [1, 2, 3].filter(() => random.unit() < 0.6),
      time_window: maybe(0.6, (): [number, number] => [random.below(500), 3000 + random.below(5000)]),
      breaks: features.breaks
        ? maybe(0.6, () =>
            Array.from({ length: 1 + random.below(2) }, (_, b) => ({
              id: b,
              service: random.below(200),
              time_windows: maybe(0.8, (): [number, number][] => [[500 + 1500 * b, 2000 + 1500 * b]]),
              max_load: maybe(0.2, () => [5 + random.below(8), 8]),
            })),
          )
        : undefined,
      costs: maybe(0.4, () => ({
        fixed: random.below(500),
        per_hour: random.below(4000),
        per_km: random.below(900),
        per_task_hour: random.below(50),
      })),
      speed_factor: maybe(0.2, () => 0.5 + random.unit()),
      steps: v === 0 ? started : undefined,
      max_tasks: maybe(0.2, () => 2 + random.below(8)),
      max_travel_time: maybe(0.2, () => 1500 + random.below(4000)),
      max_distance: maybe(0.2, () => 1500 + random.below(4000)),
      max_duration: maybe(0.2, () => 1500 + random.below(4000)),
    };
  });
  return JSON.parse(
    JSON.stringify({ jobs, shipments, vehicles, matrices: { car: { durations: matrix(), distances: matrix() } } }),
  );
}
