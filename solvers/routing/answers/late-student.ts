import type { Answer, Question } from "@trivium/engine";
import { GRADES, InputError, type Plan } from "@trivium/model";
import { z } from "zod";
import { BENCH } from "../build/fleet.ts";
import type { Direction, GradeRule, RoutingProblem } from "../problem.ts";
import { type RunBoard, runBoardsOf, usdPerSecondYear } from "./run-board.ts";

const questionSchema = z.strictObject({
  kind: z.literal("late_student"),
  student_id: z.string().optional().describe("a student of the dataset; else lat, lon, school_id and grade"),
  lat: z.number().optional(),
  lon: z.number().optional(),
  school_id: z.string().optional(),
  grade: z.enum(GRADES).optional(),
});

/** Streets are not straight: what a straight line is multiplied with where no walk was measured. */
const STREET_DETOUR = 1.3;
const METRES_PER_DEGREE = 111_320;
const ANSWERS = 4;

interface Newcomer {
  readonly school: number;
  readonly rule: GradeRule;
  readonly grade: number;
  readonly reach: readonly { place: number; walkM: number }[];
  readonly measured: boolean;
}

export interface Offer {
  readonly run_id: string;
  readonly bus_id: string;
  readonly stop_id: string;
  readonly new_stop_on_run: boolean;
  readonly walk_m: number;
  readonly ride_min: number;
  readonly added_min: number;
  readonly added_usd_per_year: number;
}

/**
 * Where does this student board? For each direction the cheapest legal places on the plan's runs: at a stop that a run makes already, or at a known stop put into one.
 * Legal = a free seat, everyone's ride limit, the links of the bus's day (whose other runs may shift inside their windows). The last resort is a run of one's own
 * on an idle bus. A newcomer's walk is estimated from the straight line, and the answer says so.
 */
export function lateStudent(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = questionSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `late_student: ${z.prettifyError(parsed.error)}`);
  const directions: Record<string, unknown> = {};
  for (const direction of ["AM", "PM"] as const) {
    const newcomer = newcomerOf(problem, direction, parsed.data);
    const boards = runBoardsOf(problem, plan.decisions, direction, problem.schools[newcomer.school].id);
    const offers = boards.flatMap((board) => offersOf(problem, board, newcomer));
    const alone = ownRun(problem, plan, direction, newcomer);
    if (alone) offers.push(alone);
    offers.sort(
      (a, b) =>
        a.added_usd_per_year - b.added_usd_per_year ||
        a.added_min - b.added_min ||
        a.walk_m - b.walk_m ||
        (a.run_id < b.run_id ? -1 : 1),
    );
    directions[direction] = {
      best: offers[0] ?? null,
      alternatives: offers.slice(1, ANSWERS),
      walk: newcomer.measured ? "measured" : "estimated from the straight line",
      reason: offers.length > 0 ? null : newcomer.reach.length === 0 ? "no_stop_in_reach" : "no_capacity",
    };
  }
  return { kind: "late_student", ...directions };
}

function newcomerOf(problem: RoutingProblem, direction: Direction, asked: z.infer<typeof questionSchema>): Newcomer {
  const ride = problem.rides.find((each) => each.studentId === asked.student_id && each.direction === direction);
  const grade = asked.grade ?? (ride ? GRADES[ride.grade] : undefined);
  const school = asked.school_id
    ? problem.schools.findIndex((each) => each.id === asked.school_id)
    : (ride?.school ?? -1);
  const rule = problem.rules.find((each) => each.grade === grade);
  if (school < 0 || !rule || !grade)
    throw new InputError(
      "bad-question",
      "late_student needs a student_id that rides, or lat, lon, school_id and grade. Maybe the school or the grade is unknown.",
      { values: { ...asked } },
    );
  const gradeIndex = GRADES.indexOf(grade);
  if (ride && asked.lat === undefined)
    return {
      school,
      rule,
      grade: gradeIndex,
      reach: ride.reach.length > 0 ? ride.reach : [{ place: ride.place, walkM: ride.walkM }],
      measured: true,
    };
  const { lat, lon } = asked;
  if (lat === undefined || lon === undefined)
    throw new InputError("bad-question", "late_student needs lat and lon of the home.", { values: { ...asked } });
  const lonScale = Math.cos((lat * Math.PI) / 180) * METRES_PER_DEGREE;
  const stops = new Set(problem.visits[direction].map((visit) => visit.place));
  const reach = [...stops].flatMap((place) => {
    const at = problem.places[place];
    if (at.id.startsWith("HOME-")) return [];
    const walkM = Math.ceil(STREET_DETOUR * Math.hypot((at.lat - lat) * METRES_PER_DEGREE, (at.lon - lon) * lonScale));
    return walkM <= rule.stopWalkMaxM ? [{ place, walkM }] : [];
  });
  return { school, rule, grade: gradeIndex, reach, measured: false };
}

function offersOf(problem: RoutingProblem, board: RunBoard, newcomer: Newcomer): Offer[] {
  const { rule } = newcomer;
  if (board.benchesFree < Math.round(rule.seatsPerRider * BENCH)) return [];
  if ((problem.gradeShares[newcomer.grade] & board.grades) !== board.grades) return [];
  const offers: Offer[] = [];
  for (const { place, walkM } of newcomer.reach) {
    const offer = board.cheapest(place, rule.rideMaxMin * 60);
    if (!offer) continue;
    offers.push({
      run_id: board.runId,
      bus_id: board.busId,
      stop_id: problem.places[place].id,
      new_stop_on_run: offer.isNew,
      walk_m: walkM,
      ride_min: Math.round(offer.rideS / 6) / 10,
      added_min: Math.round(offer.addedS / 6) / 10,
      added_usd_per_year: Math.round(offer.addedS * board.usdPerSecondYear),
    });
  }
  return offers;
}

/** A run for this student alone, on the cheapest idle bus, from the stop nearest to school. */
function ownRun(
  problem: RoutingProblem,
  plan: Plan<"routing">,
  direction: Direction,
  { reach, rule, school }: Newcomer,
): Offer | null {
  const busy = new Set(plan.decisions.routes.map((row) => row.bus_id));
  const idle = problem.kinds
    .filter((kind) => kind.benches > 0 && kind.fromS < 0)
    .flatMap((kind) => kind.busIds.filter((busId) => !busy.has(busId)).map((busId) => ({ busId, kind })))
    .sort((a, b) => a.kind.costFixedUsd - b.kind.costFixedUsd)[0];
  if (!idle) return null;
  const { place: schoolPlace, unloadS, loadS } = problem.schools[school];
  const nodes = problem.places.length;
  const drive = (from: number, to: number) => {
    const seconds = problem.drives.slowestS[direction][from * nodes + to];
    return seconds < 0 ? Infinity : seconds;
  };
  const rideS = (place: number) => (direction === "AM" ? drive(place, schoolPlace) : drive(schoolPlace, place));
  const nearest = reach.toSorted((a, b) => rideS(a.place) - rideS(b.place))[0];
  if (!nearest || rideS(nearest.place) > rule.rideMaxMin * 60) return null;
  const { depot } = idle.kind;
  const [first, last] = direction === "AM" ? [nearest.place, schoolPlace] : [schoolPlace, nearest.place];
  const addedS =
    drive(depot, first) + rideS(nearest.place) + drive(last, depot) + (direction === "AM" ? unloadS : loadS);
  if (!Number.isFinite(addedS)) return null;
  const type = problem.types.find((each) => each.id === idle.kind.typeId);
  const perSecond = type ? usdPerSecondYear(problem, type) : 0;
  return {
    run_id: `${direction}-new`,
    bus_id: idle.busId,
    stop_id: problem.places[nearest.place].id,
    new_stop_on_run: true,
    walk_m: nearest.walkM,
    ride_min: Math.round(rideS(nearest.place) / 6) / 10,
    added_min: Math.round(addedS / 6) / 10,
    added_usd_per_year: Math.round(idle.kind.costFixedUsd + addedS * perSecond),
  };
}
