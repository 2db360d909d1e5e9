import type { RoutingDecisions, TableRow } from "@trivium/model";
import type { Report } from "../../report.ts";
import { rideKey } from "../demand.ts";
import type { RiderRow, RoutingReading } from "../reading.ts";

type FairnessRow = NonNullable<RoutingDecisions["fairness"]>[number];

const SMALL = 10;
const COUNTS = ["students", "rides_served", "rides_unserved", "school_min_lost"] as const;
const TOLERANCE = { absolute: 0.011, relative: 1e-6 };

/** `fairness.csv` recomputed: one row for all, each school, each grade and each group; small groups without figures, their neighbours without counts. */
export function checkFairness(reading: RoutingReading, report: Report): void {
  const claimed = reading.plan.decisions.fairness;
  // A plan that has no such table claims nothing of it.
  if (claimed === undefined) return;
  const due = new Map(fairnessDue(reading).map((row) => [`${row.slice} ${row.value}`, row]));
  const keys = new Set(claimed.map((row) => `${row.slice} ${row.value}`));
  report.check(
    "routing.fairness-complete",
    keys.size === claimed.length && keys.size === due.size && [...due.keys()].every((key) => keys.has(key)),
    () => `fairness.csv has ${claimed.length} rows, ${due.size} are due`,
  );
  for (const row of claimed) {
    const is = due.get(`${row.slice} ${row.value}`);
    if (!is) continue;
    const where = { slice: row.slice, value: row.value };
    for (const name of [...new Set([...Object.keys(row), ...Object.keys(is)])] as Exclude<
      keyof FairnessRow,
      "extra"
    >[]) {
      if (is.suppressed || (is[name] === undefined && (COUNTS as readonly string[]).includes(name)))
        report.check(
          "routing.fairness-small-groups",
          row[name] === is[name],
          () => `${row.slice} ${row.value} shows ${name}, from which fewer than ten students could be told`,
          where,
        );
      else
        report.agree(
          "routing.fairness-figures",
          row[name],
          is[name],
          TOLERANCE,
          `${name} of ${row.slice} ${row.value}`,
          where,
        );
    }
  }
}

function fairnessDue(reading: RoutingReading): FairnessRow[] {
  const { dataset, plan } = reading;
  const of = new Map<string, Map<string, Set<string>>>();
  const belongs = (slice: string, value: string, student: string) => {
    const values = of.get(slice) ?? new Map<string, Set<string>>();
    of.set(slice, values);
    values.set(value, (values.get(value) ?? new Set()).add(student));
  };
  const concerned = new Set([...plan.decisions.assignments, ...plan.unmet].map((row) => row.student_id));
  for (const student of dataset.tables.students) {
    if (!concerned.has(student.student_id)) continue;
    belongs("school", student.school_id, student.student_id);
    belongs("grade", student.grade, student.student_id);
    for (const [column, value] of Object.entries(student.extra ?? {}))
      if (column.startsWith("group_") && value !== "") belongs(column, value, student.student_id);
  }
  const district = figuresOf(reading, concerned);
  const rows: FairnessRow[] = [{ slice: "all", value: "all", ...ratiosOf(district, district), ...district }];
  for (const [slice, values] of of) {
    const isGroup = slice.startsWith("group_");
    const hidden = isGroup && [...values.values()].some((members) => members.size < SMALL);
    for (const [value, members] of values) {
      if (isGroup && members.size < SMALL) {
        rows.push({ slice, value, suppressed: true });
        continue;
      }
      const figures = figuresOf(reading, members);
      const row: FairnessRow = { slice, value, ...figures, ...ratiosOf(figures, district) };
      rows.push(
        hidden
          ? (Object.fromEntries(
              Object.entries(row).filter(([name]) => !(COUNTS as readonly string[]).includes(name)),
            ) as FairnessRow)
          : row,
      );
    }
  }
  return rows;
}

type Figures = Omit<FairnessRow, "slice" | "value">;

function figuresOf(reading: RoutingReading, members: ReadonlySet<string>): Figures {
  const { plan, demand } = reading;
  const rides = plan.decisions.assignments.filter((row) => members.has(row.student_id));
  const minutes = rides.map((row) => ((row.alight ?? 0) - (row.board ?? 0)) / 60).sort((a, b) => a - b);
  const onFoot = rides.filter((row) => !demand.get(rideKey(row.student_id, row.direction))?.atHome);
  const mornings = rides.filter((row) => row.direction === "AM");
  const figures: { -readonly [K in keyof Figures]: Figures[K] } = {
    students: members.size,
    rides_served: rides.length,
    rides_unserved: plan.unmet.filter((row) => members.has(row.student_id)).length,
  };
  if (rides.length > 0) {
    figures.ride_min_mean = mean(minutes);
    figures.ride_min_p95 = minutes[Math.ceil(0.95 * minutes.length) - 1];
    figures.ride_min_max = minutes[minutes.length - 1];
    figures.school_min_lost = rides.reduce((sum, row) => sum + Math.max(0, -marginMin(reading, row)), 0);
  }
  if (onFoot.length > 0) figures.walk_m_mean = mean(onFoot.map((row) => row.walk_m ?? 0));
  if (mornings.length > 0) {
    figures.first_board = Math.min(...mornings.map((row) => row.board ?? 0));
    figures.before_bell_min_mean = mean(mornings.map((row) => marginMin(reading, row)));
  }
  return figures;
}

/** Morning: minutes between getting off and the bell; afternoon: between the bell and getting on. Negative = school is missed. */
function marginMin({ dataset, plan }: RoutingReading, row: RiderRow): number {
  const school = schoolOf(dataset.tables.students, row.student_id);
  const bell = plan.decisions.bells.find((each) => each.school_id === school);
  if (!bell) return 0;
  return (row.direction === "AM" ? bell.bell_start - (row.alight ?? 0) : (row.board ?? 0) - bell.bell_end) / 60;
}

const known = new WeakMap<readonly TableRow<"students">[], Map<string, string>>();
function schoolOf(students: readonly TableRow<"students">[], id: string): string | undefined {
  const schools = known.get(students) ?? new Map(students.map((row) => [row.student_id, row.school_id]));
  known.set(students, schools);
  return schools.get(id);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function ratiosOf(figures: Figures, district: Figures): Figures {
  const ratio = (name: "ride_min_mean" | "walk_m_mean") => {
    const [own, all] = [figures[name], district[name]];
    return own === undefined ? undefined : all ? own / all : 1;
  };
  const [ride, walk] = [ratio("ride_min_mean"), ratio("walk_m_mean")];
  return { ...(ride === undefined ? {} : { ride_ratio: ride }), ...(walk === undefined ? {} : { walk_ratio: walk }) };
}
