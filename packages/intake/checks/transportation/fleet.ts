import { routingError, routingWarning } from "../check.ts";
import type { DistrictView } from "../view.ts";
import { each } from "../view.ts";

export const noSeatAtAll = routingError("no-seat-at-all", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (type.benches > 0 || (type.wheelchair_positions ?? 0) > 0) continue;
    find(place, {
      column: "benches",
      value: 0,
      message: `bus type ${type.bus_type_id} has neither a bench nor a wheelchair position`,
      expected: "benches above 0 (a bench seats three small or two large children)",
      mend: "give the number of benches",
    });
  }
});

export const benchesImprobable = routingWarning("benches-improbable", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (type.benches <= 32) continue;
    find(place, {
      column: "benches",
      value: type.benches,
      message: `bus type ${type.bus_type_id} has ${type.benches} benches`,
      expected:
        "at most 32 benches: the largest school bus has about 30. Seats are counted in benches, not in children",
      mend: "divide the children's seats by three, or acknowledge it",
    });
  }
});

/** Bus types that at least one bus has. */
function typesInUse(view: DistrictView): ReadonlySet<string> {
  return new Set(view.tables.buses.map((bus) => bus.bus_type_id));
}

export const noLift = routingWarning("no-lift-for-wheelchairs", (view, find) => {
  const used = view.derived(typesInUse);
  const lifts = view.tables.bus_types.some(
    (type) => used.has(type.bus_type_id) && type.lift !== false && (type.wheelchair_positions ?? 0) > 0,
  );
  if (lifts) return;
  for (const [rider, place] of each(view, "riders")) {
    if (!rider.needs?.includes("wheelchair") || (rider.rides_am === 0 && rider.rides_pm === 0)) continue;
    find(place, {
      column: "needs",
      value: rider.needs,
      message: `student ${rider.student_id} rides in a wheelchair, and no bus has a lift with a position: unserved, no_lift`,
      expected: "a bus whose type has lift = yes and wheelchair_positions of at least 1",
      mend: "add such a bus, or correct the need",
    });
  }
});

export const liftWithoutPosition = routingWarning("lift-without-position", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    const positions = type.wheelchair_positions ?? 0;
    if ((type.lift ?? positions > 0) === positions > 0) continue;
    find(place, {
      column: type.lift ? "wheelchair_positions" : "lift",
      value: type.lift ? positions : "no",
      message: `bus type ${type.bus_type_id} has ${positions} wheelchair positions and ${type.lift ? "a lift" : "no lift"}`,
      expected: "a lift and positions, or neither",
      mend: "correct the one that is wrong",
    });
  }
});

export const typeWithoutBus = routingWarning("bus-type-without-bus", (view, find) => {
  for (const [type, place] of each(view, "bus_types")) {
    if (view.derived(typesInUse).has(type.bus_type_id)) continue;
    find(place, {
      column: "bus_type_id",
      value: type.bus_type_id,
      message: `no bus is of type ${type.bus_type_id}`,
      expected: "types of the fleet",
      mend: "add its buses, or delete the type",
    });
  }
});

export const busHoursReversed = routingError("bus-hours-reversed", (view, find) => {
  for (const [bus, place] of each(view, "buses")) {
    if (bus.available_from === undefined || bus.available_to === undefined) continue;
    if (bus.available_from < bus.available_to) continue;
    find(place, {
      column: "available_to",
      message: `bus ${bus.bus_id} is available until a time that is not after its available_from`,
      expected: "available_to after available_from",
      mend: "correct the times (24-hour clock)",
    });
  }
});

export const driverHoursReversed = routingError("driver-hours-reversed", (view, find) => {
  for (const [driver, place] of each(view, "drivers")) {
    const { hours_guaranteed: least = 0, hours_max: most = 24 } = driver;
    if (least <= most) continue;
    find(place, {
      column: "hours_guaranteed",
      value: least,
      message: `driver ${driver.driver_id} is guaranteed ${least} hours and may work ${most}`,
      expected: "hours_guaranteed ≤ hours_max",
      mend: "correct the one that is wrong",
    });
  }
});
