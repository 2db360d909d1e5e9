import type { VroomVehicle } from "@trivium/model";
import type { Report } from "../../report.ts";
import { amountsOf, type Reading, type Task } from "../reading.ts";

/** A task left out has a reason that holds: the rules that need nothing but the document are applied again. No idle vehicle could have served it. */
export function checkUnassigned(reading: Reading, report: Report): void {
  const { answer, document, tasks } = reading;
  const used = new Set(answer.routes.map(({ vehicle }) => vehicle));
  for (const { type, id, reason, witness } of answer.unassigned) {
    const task = tasks.get(`${type} ${id}`);
    if (!task) continue;
    const named = `${type} ${id}`;
    report.check(
      "vrp.witness",
      reading.vehicles.has(witness.vehicle) &&
        (witness.blocked ?? []).every(({ vehicle }) => reading.vehicles.has(vehicle)),
      () => `${named}: its witness names no vehicle of the document`,
    );
    const own = task.partner === undefined ? [task] : [task, tasks.get(task.partner) as Task];
    const skilled = document.vehicles.filter((vehicle) => hasSkills(vehicle, task));
    const pinned = skilled.filter((vehicle) => task.demand.vehicle === undefined || task.demand.vehicle === vehicle.id);
    const large = pinned.filter((vehicle) => carries(reading, vehicle, own));
    const holds = {
      skills: skilled.length === 0 || (task.demand.vehicle !== undefined && pinned.length === 0),
      pinned_vehicle: skilled.length > 0 && pinned.length === 0,
      capacity: pinned.length > 0 && large.length === 0,
    } as Record<string, boolean>;
    const early = ["skills", "pinned_vehicle", "capacity"].find((each) => holds[each]);
    report.check(
      "vrp.unassigned-reason",
      holds[reason] ?? early === undefined,
      () => `${named} is left out for ${reason}, but ${early ? `for ${early}` : "that does not stand against it"}`,
    );
    if (document.options?.c === true || task.demand.skip_cost !== undefined) continue;
    const idle = large.find((vehicle) => !used.has(vehicle.id) && couldServe(reading, vehicle, own));
    report.check(
      "vrp.no-idle-vehicle-could",
      idle === undefined,
      () => `${named} is left out while vehicle ${idle?.id} stands idle`,
    );
  }
}

const hasSkills = ({ skills: has = [] }: VroomVehicle, { demand: { skills = [] } }: Task): boolean =>
  skills.every((skill) => has.includes(skill));

function carries({ dims }: Reading, { capacity = [] }: VroomVehicle, own: readonly Task[]): boolean {
  for (let d = 0; d < dims; d++) {
    const start = own.reduce((sum, task) => sum + amountsOf(task, d).fromStart, 0);
    const first = start + amountsOf(own[0], d).change;
    const most = own[0].type === "delivery" ? start : Math.max(start, first);
    if (most > (capacity[d] ?? Infinity)) return false;
  }
  return true;
}

/** Whether a vehicle without breaks and limits of its own can serve the tasks alone, on time and back before its window ends. */
function couldServe(reading: Reading, vehicle: VroomVehicle, own: readonly Task[]): boolean {
  const limits = [vehicle.max_tasks, vehicle.max_travel_time, vehicle.max_distance, vehicle.max_duration];
  if (limits.some((each) => each !== undefined) || (vehicle.breaks?.length ?? 0) > 0 || own.length > 1) return false;
  const [task] = own;
  const [opens, closes] = vehicle.time_window ?? [0, Infinity];
  const [from, at, to] = [
    reading.placeOf(vehicle, { type: "start" }),
    reading.placeOf(vehicle, { type: "job", id: task.visit.id }),
    reading.placeOf(vehicle, { type: "end" }),
  ];
  const drive = (a: number | null, b: number | null) =>
    a === null || b === null ? 0 : reading.leg(vehicle, a, b).durationS;
  const arrival = opens + drive(from, at);
  const windows = task.visit.time_windows ?? [[0, Infinity]];
  const window = (windows.length > 0 ? windows : [[0, Infinity]]).find(([, end]) => arrival <= end);
  if (!window || Number.isNaN(arrival)) return false;
  const setup = from === at ? 0 : (task.visit.setup ?? 0);
  return Math.max(arrival, window[0]) + setup + (task.visit.service ?? 0) + drive(at, to) <= closes;
}
