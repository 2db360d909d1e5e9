import type { Report } from "../../report.ts";
import { leftAt, type Reading, type RouteReading } from "../reading.ts";

/** Every arrival follows from the departure before it and the drive; setups and services are the document's; nothing waits a negative time. */
export function checkTimes(reading: Reading, { route, vehicle }: RouteReading, report: Report): void {
  const { steps } = route;
  const begins = vehicle.start !== undefined || vehicle.start_index !== undefined;
  const ends = vehicle.end !== undefined || vehicle.end_index !== undefined;
  const where = { vehicle: vehicle.id };
  const at = (type: string) => steps.flatMap((step, i) => (step.type === type ? [i] : []));
  report.check(
    "vrp.starts-and-ends",
    at("start").join() === (begins ? "0" : ""),
    () => `vehicle ${vehicle.id} has a start out of place`,
    where,
  );
  report.check(
    "vrp.starts-and-ends",
    at("end").join() === (ends ? String(steps.length - 1) : ""),
    () => `vehicle ${vehicle.id} has an end out of place`,
    where,
  );
  let place: number | null = null;
  let drivenThere = 0;
  let metres = 0;
  steps.forEach((step, i) => {
    const named = `step ${i} (${step.type} ${step.id ?? ""}) of vehicle ${vehicle.id}`;
    const before = steps[i - 1];
    report.check(
      "vrp.no-negative-waiting",
      step.waiting_time >= 0,
      () => `${named} waits ${step.waiting_time} s`,
      where,
    );
    if (before) {
      const drive = step.duration - before.duration;
      report.check("vrp.no-negative-drive", drive >= 0, () => `${named} is driven to in ${drive} s`, where);
      report.agree("vrp.arrival", step.arrival, leftAt(before) + drive, {}, `arrival at ${named}`, where);
    } else report.agree("vrp.duration", step.duration, 0, {}, `driving before ${named}`, where);
    if (step.type === "break") {
      const pause = vehicle.breaks?.find(({ id }) => id === step.id);
      report.agree("vrp.service", step.service, pause?.service ?? 0, {}, `service of ${named}`, where);
      report.agree("vrp.setup", step.setup, 0, {}, `setup of ${named}`, where);
      const ahead = steps.slice(i).find(({ type }) => type !== "break")?.distance ?? metres;
      const onTheWay = step.distance === undefined || (step.distance >= metres && step.distance <= ahead);
      report.check(
        "vrp.distance",
        onTheWay,
        () => `distance at ${named} is not between those of the calls around it`,
        where,
      );
      return;
    }
    const here = reading.placeOf(vehicle, step);
    const visit = reading.taskOf(step)?.visit;
    report.agree("vrp.service", step.service, visit?.service ?? 0, {}, `service of ${named}`, where);
    report.agree("vrp.setup", step.setup, place === here ? 0 : (visit?.setup ?? 0), {}, `setup of ${named}`, where);
    if (place !== null && here !== null) {
      const leg = reading.leg(vehicle, place, here);
      report.agree("vrp.duration", step.duration - drivenThere, leg.durationS, {}, `drive to ${named}`, where);
      metres += leg.distanceM;
    }
    if (reading.hasDistances) report.agree("vrp.distance", step.distance, metres, {}, `distance at ${named}`, where);
    place = here;
    drivenThere = step.duration;
  });
}
