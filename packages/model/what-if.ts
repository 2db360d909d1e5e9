import { z } from "zod";
import { GRADES } from "./column.ts";
import type { Dataset } from "./dataset.ts";
import { InputError } from "./errors.ts";
import type { Plan } from "./plan.ts";
import type { Change } from "./scenario.ts";
import { formatClock, parseClock } from "./units.ts";

const latLon = { lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) };

/** What a transportation manager asks for in a word; `changesOf` says it as changes of tables. */
export const routingWhatIfSchema = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("without_buses"), bus_ids: z.array(z.string()).min(1) }),
  z.strictObject({
    what: z.literal("fewer_drivers"),
    count: z.number().int().min(1).describe("as many buses fewer than the plan uses; idle buses have no driver either"),
  }),
  z.strictObject({
    what: z.literal("closed_road"),
    osm_way_ids: z.array(z.string()).min(1).optional(),
    ...{ lat: latLon.lat.optional(), lon: latLon.lon.optional() },
    radius_m: z.number().positive().optional(),
  }),
  z.strictObject({ what: z.literal("no_shows"), student_ids: z.array(z.string()).min(1) }),
  z.strictObject({ what: z.literal("curbside"), student_ids: z.array(z.string()).min(1) }),
  z.strictObject({
    what: z.literal("walk_limits"),
    factor: z.number().positive().max(10).describe("on the longest walk to a stop"),
    grades: z.array(z.enum(GRADES)).optional().describe("absent: all"),
  }),
  z.strictObject({
    what: z.literal("bell"),
    school_id: z.string(),
    start: z.string().describe("HH:MM; the end moves along"),
  }),
  z.strictObject({
    what: z.literal("school_closed"),
    school_id: z.string(),
    to: z.string().optional().describe("where its students go; absent: each to the nearest school of the same level"),
  }),
  z.strictObject({
    what: z.literal("electric"),
    bus_type_id: z.string(),
    range_miles: z.number().positive().describe("a day, on one charge"),
    kwh_per_mile: z.number().positive(),
    price_kwh_usd: z.number().min(0).optional().describe("where fuel.csv has no electric"),
    cost_fixed_usd: z.number().min(0).optional(),
  }),
]);
export type RoutingWhatIf = z.infer<typeof routingWhatIfSchema>;

/**
 * The changes of tables that a what-if stands for.
 * @param dataset with the plan's own scenario applied
 * @throws InputError unknown-id, nothing-left, bad-what-if
 */
export function changesOf(dataset: Dataset, plan: Plan<"routing">, asked: RoutingWhatIf): Change[] {
  switch (asked.what) {
    case "without_buses":
      return asked.bus_ids.map((bus_id) => remove("buses", { bus_id: known(dataset, "buses", "bus_id", bus_id) }));
    case "fewer_drivers":
      return fewerDrivers(dataset, plan, asked.count);
    case "closed_road":
      return closedRoad(asked);
    case "no_shows":
      return asked.student_ids.map((id) => rider(dataset, id, { rides_am: "no", rides_pm: "no" }));
    case "curbside":
      return asked.student_ids.map((id) => rider(dataset, id, { needs: "curbside" }));
    case "walk_limits":
      return walkLimits(dataset, asked);
    case "bell":
      return [bell(dataset, asked)];
    case "school_closed":
      return schoolClosed(dataset, asked);
    case "electric":
      return electric(dataset, asked);
  }
}

const remove = (table: "buses", where: Record<string, string>): Change => ({ op: "remove", table, where });
const set = (
  table: Extract<Change, { op: "set" }>["table"],
  where: Record<string, string>,
  values: Extract<Change, { op: "set" }>["values"],
): Change => ({ op: "set", table, where, values });

function known(
  dataset: Dataset,
  table: "buses" | "students" | "bells" | "schools" | "bus_types",
  key: string,
  id: string,
): string {
  const rows = dataset.tables[table] as readonly Readonly<Record<string, unknown>>[];
  if (rows.some((row) => row[key] === id)) return id;
  throw new InputError("unknown-id", `${table} has no ${key} ${id}. Maybe another`, {
    path: key,
    values: { [key]: id },
  });
}

/** Idle buses go, and of those in use the ones with the fewest riders. */
function fewerDrivers(dataset: Dataset, plan: Plan<"routing">, count: number): Change[] {
  const riders = new Map<string, number>();
  for (const { bus_id } of plan.decisions.routes) riders.set(bus_id, 0);
  for (const { bus_id = "" } of plan.decisions.assignments) riders.set(bus_id, (riders.get(bus_id) ?? 0) + 1);
  const used = [...riders].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([busId]) => busId);
  if (count >= used.length)
    throw new InputError("nothing-left", `the plan uses ${used.length} buses: ${count} fewer leave none`, {
      path: "count",
    });
  const kept = new Set(used.slice(count));
  return dataset.tables.buses.flatMap(({ bus_id }) => (kept.has(bus_id) ? [] : [remove("buses", { bus_id })]));
}

function closedRoad({ osm_way_ids, lat, lon, radius_m }: Extract<RoutingWhatIf, { what: "closed_road" }>): Change[] {
  const note = "closed road";
  if (osm_way_ids)
    return osm_way_ids.map((osm_way_id) => ({ op: "add", table: "closures", row: { osm_way_id }, note }));
  if (lat === undefined || lon === undefined)
    throw new InputError("bad-what-if", "closed_road needs osm_way_ids, or lat and lon. Maybe add radius_m", {
      path: "what",
    });
  return [{ op: "add", table: "closures", row: { lat, lon, radius_m: radius_m ?? 20 }, note }];
}

/** A student's row of riders.csv, with these cells. */
function rider(dataset: Dataset, id: string, values: Record<string, string>): Change {
  const student_id = known(dataset, "students", "student_id", id);
  const isListed = dataset.tables.riders.some((row) => row.student_id === student_id);
  return isListed
    ? set("riders", { student_id }, values)
    : { op: "add", table: "riders", row: { student_id, ...values } };
}

const walkLimits = (dataset: Dataset, { factor, grades }: Extract<RoutingWhatIf, { what: "walk_limits" }>): Change[] =>
  dataset.tables.rules
    .filter((row) => !grades || grades.includes(row.grade))
    .map((row) => set("rules", { grade: row.grade }, { stop_walk_max_m: Math.round(row.stop_walk_max_m * factor) }));

function bell(dataset: Dataset, { school_id, start }: Extract<RoutingWhatIf, { what: "bell" }>): Change {
  known(dataset, "bells", "school_id", school_id);
  const row = dataset.tables.bells.find((each) => each.school_id === school_id);
  const startS = parseClock(start);
  if (!row || startS === undefined)
    throw new InputError("bad-what-if", `bell: ${start} is no time. Maybe 08:15`, { path: "start", values: { start } });
  const endS = row.bell_end + startS - row.bell_start;
  // Whoever sets a bell means that one and no other.
  return set("bells", { school_id }, { bell_start: start, bell_end: formatClock(endS), allowed_starts: null });
}

/** Students go to another school, whose stops may then be all those of theirs. */
function schoolClosed(
  dataset: Dataset,
  { school_id, to }: Extract<RoutingWhatIf, { what: "school_closed" }>,
): Change[] {
  known(dataset, "schools", "school_id", school_id);
  if (to !== undefined) known(dataset, "schools", "school_id", to);
  const { schools, students, stops, bells } = dataset.tables;
  const closed = schools.find((row) => row.school_id === school_id);
  const open = schools.filter(
    (row) =>
      row.school_id !== school_id &&
      bells.some((each) => each.school_id === row.school_id) &&
      (to === undefined ? row.level === closed?.level : row.school_id === to),
  );
  if (open.length === 0)
    throw new InputError("nothing-left", `no other ${closed?.level} school has bells. Maybe name one in "to"`, {
      path: "school_id",
      values: { school_id },
    });
  const metres = (a: { lat?: number; lon?: number }, b: { lat: number; lon: number }) =>
    Math.hypot((a.lat ?? b.lat) - b.lat, ((a.lon ?? b.lon) - b.lon) * Math.cos((b.lat * Math.PI) / 180));
  const nearest = (home: { lat?: number; lon?: number }) =>
    open.reduce((best, each) => (metres(home, each) < metres(home, best) ? each : best)).school_id;
  const moved = students.filter((row) => row.school_id === school_id).map((row) => ({ row, school: nearest(row) }));
  const receiving = [...new Set(moved.map((each) => each.school))].sort();
  const shared = stops.filter((row) => row.schools?.includes(school_id));
  return [
    ...moved.map(({ row, school }) => set("students", { student_id: row.student_id }, { school_id: school })),
    ...shared.map((row) => {
      const now = new Set([...(row.schools ?? []).filter((id) => id !== school_id), ...receiving]);
      return set("stops", { stop_id: row.stop_id }, { schools: [...now].sort() });
    }),
  ];
}

function electric(
  dataset: Dataset,
  {
    bus_type_id,
    range_miles,
    kwh_per_mile,
    price_kwh_usd,
    cost_fixed_usd,
  }: Extract<RoutingWhatIf, { what: "electric" }>,
): Change[] {
  known(dataset, "bus_types", "bus_type_id", bus_type_id);
  const priced = dataset.tables.fuel.some((row) => row.fuel === "electric");
  if (!priced && price_kwh_usd === undefined)
    throw new InputError("bad-what-if", "fuel.csv has no price of electric. Maybe give price_kwh_usd", {
      path: "price_kwh_usd",
    });
  const price: Change[] =
    price_kwh_usd === undefined
      ? []
      : priced
        ? [set("fuel", { fuel: "electric" }, { price_usd: price_kwh_usd })]
        : [{ op: "add", table: "fuel", row: { fuel: "electric", price_usd: price_kwh_usd } }];
  const fixed: Record<string, number> = cost_fixed_usd === undefined ? {} : { cost_fixed_usd };
  return [
    ...price,
    set("bus_types", { bus_type_id }, { fuel: "electric", range_miles, kwh_per_mile, co2_kg_per_gallon: 0, ...fixed }),
  ];
}
