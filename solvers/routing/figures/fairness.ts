import type { Dataset, RoutingDecisions, TableRow, UnmetOf } from "@trivium/model";
import { rounded } from "./costs.ts";
import { spreadOf } from "./spread.ts";

type FairnessRow = NonNullable<RoutingDecisions["fairness"]>[number];

/** A group of fewer students has no figures of its own. */
const SUPPRESSED_UNDER = 10;

/** One student's ride in one direction, or the want of one. */
interface Share {
  readonly studentId: string;
  readonly slices: readonly (readonly [slice: string, value: string])[];
  readonly served: boolean;
  readonly rideMin: number;
  /** Undefined for whom the bus fetches at home. */
  readonly walkM?: number;
  readonly boardS?: number;
  readonly beforeBellMin?: number;
  readonly lostMin: number;
}

/** `fairness.csv`: all, schools, grades, then each `group_*` column of the students. The columns are read here, after the plan is made. */
export function rideFairness(dataset: Dataset, decisions: RoutingDecisions, unmet: UnmetOf["routing"]): FairnessRow[] {
  const shares = sharesOf(dataset, decisions, unmet);
  const all = rowOf("all", "all", shares, null);
  const bySlice = Map.groupBy(
    shares.flatMap((share) => share.slices.map(([slice, value]) => ({ slice, value, share }))),
    (each) => each.slice,
  );
  const rows = [...bySlice]
    .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
    .flatMap(([slice, members]) => {
      const values = [...Map.groupBy(members, (each) => each.value)].sort(([a], [b]) => (a < b ? -1 : 1));
      const isGroup = slice.startsWith("group_");
      const sized = values.map(([value, own]) => ({
        value,
        shares: own.map((each) => each.share),
        small: isGroup && new Set(own.map((each) => each.share.studentId)).size < SUPPRESSED_UNDER,
      }));
      const anySmall = sized.some((each) => each.small);
      return sized.map(({ value, shares: own, small }): FairnessRow => {
        if (small) return { slice, value, suppressed: true };
        const row = rowOf(slice, value, own, all);
        return anySmall ? withoutCounts(row) : row;
      });
    });
  return [all, ...rows];
}

const order = (slice: string): number => (slice === "school" ? 0 : slice === "grade" ? 1 : 2);

function sharesOf(dataset: Dataset, decisions: RoutingDecisions, unmet: UnmetOf["routing"]): Share[] {
  const { students, riders } = dataset.tables;
  const slices = new Map(students.map((row) => [row.student_id, slicesOf(row)]));
  const schools = new Map(students.map((row) => [row.student_id, row.school_id]));
  const bells = new Map(decisions.bells.map((row) => [row.school_id, row]));
  const fetched = new Set(
    riders.flatMap((row) =>
      row.needs?.some((need) => need === "wheelchair" || need === "curbside") ? [row.student_id] : [],
    ),
  );
  const served = decisions.assignments.map((row): Share => {
    const { board = 0, alight = 0, student_id } = row;
    const isAm = row.direction === "AM";
    const bell = bells.get(schools.get(student_id) ?? "");
    const late = bell === undefined ? 0 : isAm ? alight - bell.bell_start : bell.bell_end - board;
    return {
      studentId: student_id,
      slices: slices.get(student_id) ?? [],
      served: true,
      rideMin: (alight - board) / 60,
      ...(fetched.has(student_id) ? {} : { walkM: row.walk_m ?? 0 }),
      ...(isAm ? { boardS: board } : {}),
      ...(isAm && bell ? { beforeBellMin: -late / 60 } : {}),
      lostMin: Math.max(0, late) / 60,
    };
  });
  const missed = unmet.map(({ student_id }): Share => {
    const own = slices.get(student_id) ?? [];
    return { studentId: student_id, slices: own, served: false, rideMin: 0, lostMin: 0 };
  });
  return [...served, ...missed];
}

function slicesOf(student: TableRow<"students">): (readonly [string, string])[] {
  const groups = Object.entries(student.extra ?? {}).filter(([name, value]) => name.startsWith("group_") && value);
  return [["school", student.school_id], ["grade", student.grade], ...groups];
}

function rowOf(slice: string, value: string, shares: readonly Share[], all: FairnessRow | null): FairnessRow {
  const served = shares.filter((share) => share.served);
  const rides = spreadOf(served.map((share) => share.rideMin));
  const walks = served.flatMap((share) => share.walkM ?? []);
  const boards = served.flatMap((share) => share.boardS ?? []);
  const before = served.flatMap((share) => share.beforeBellMin ?? []);
  const ride = rounded(rides.mean);
  const walk = rounded(spreadOf(walks).mean);
  const against = (own: number, whole: number | undefined) => (whole ? rounded(own / whole) : 1);
  return {
    slice,
    value,
    students: new Set(shares.map((share) => share.studentId)).size,
    rides_served: served.length,
    rides_unserved: shares.length - served.length,
    ...(served.length > 0
      ? {
          ride_min_mean: ride,
          ride_min_p95: rounded(rides.p95),
          ride_min_max: rounded(rides.max),
          ride_ratio: all ? against(ride, all.ride_min_mean) : 1,
          school_min_lost: rounded(served.reduce((sum, share) => sum + share.lostMin, 0)),
        }
      : {}),
    ...(walks.length > 0 ? { walk_m_mean: walk, walk_ratio: all ? against(walk, all.walk_m_mean) : 1 } : {}),
    ...(boards.length > 0 ? { first_board: Math.min(...boards) } : {}),
    ...(before.length > 0 ? { before_bell_min_mean: rounded(spreadOf(before).mean) } : {}),
  };
}

/** Rates alone: from counts and the district's total a small group's could be told. */
function withoutCounts(row: FairnessRow): FairnessRow {
  const { students: _s, rides_served: _r, rides_unserved: _u, school_min_lost: _l, ...rates } = row;
  return rates;
}
