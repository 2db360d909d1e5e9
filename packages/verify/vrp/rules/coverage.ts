import type { Report } from "../../report.ts";
import type { Reading } from "../reading.ts";

/** Every task is served once or listed as left out once; both halves of a shipment share their fate; every vehicle drives one route at most. */
export function checkCoverage({ answer, tasks, vehicles, routes }: Reading, report: Report): void {
  const times = new Map<string, number>();
  const routeOf = new Map<string, number>();
  const count = (key: string) => times.set(key, (times.get(key) ?? 0) + 1);
  for (const route of answer.routes) {
    report.check("vrp.known-vehicle", vehicles.has(route.vehicle), () => `there is no vehicle ${route.vehicle}`);
    count(`vehicle ${route.vehicle}`);
    for (const { type, id } of route.steps) {
      if (type === "start" || type === "end" || type === "break") continue;
      const key = `${type} ${id}`;
      report.check("vrp.known-task", tasks.has(key), () => `there is no ${key}`);
      count(key);
      routeOf.set(key, route.vehicle);
    }
  }
  for (const { type, id } of answer.unassigned) {
    report.check("vrp.known-task", tasks.has(`${type} ${id}`), () => `there is no ${type} ${id}`);
    count(`${type} ${id}`);
  }
  for (const key of tasks.keys())
    report.check("vrp.each-task-once", times.get(key) === 1, () => `${key} is named ${times.get(key) ?? 0} times`);
  for (const { vehicle } of routes)
    report.check(
      "vrp.each-vehicle-once",
      times.get(`vehicle ${vehicle.id}`) === 1,
      () => `vehicle ${vehicle.id} has several routes`,
    );
  for (const { key, partner } of tasks.values())
    if (partner !== undefined)
      report.check(
        "vrp.shipment-whole",
        routeOf.get(key) === routeOf.get(partner),
        () => `${key} and ${partner} are apart`,
      );
}
