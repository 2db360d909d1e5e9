import type { Answer, Question } from "@trivium/engine";
import {
  formatClock,
  InputError,
  type LintAnswer,
  type LintFinding,
  type Plan,
  type RoutingDecisions,
} from "@trivium/model";
import { z } from "zod";
import { BENCH } from "../build/fleet.ts";
import { kindByBus, type Stay, staysByRun } from "../plan/rows.ts";
import type { BusKind, Ride, RoutingProblem } from "../problem.ts";
import { today } from "./today.ts";

const questionSchema = z.strictObject({ kind: z.literal("lint"), of: z.enum(["plan", "today"]).default("plan") });

type Run = RoutingDecisions["runs"][number];
type Rider = RoutingDecisions["assignments"][number];

interface Sheet {
  readonly run: Run;
  readonly stays: readonly Stay[];
  readonly riders: readonly Rider[];
}

/**
 * What a dispatcher should look at before service begins, in a plan or in today's: runs without riders or bus, a bus in two places, a link shorter than its drive,
 * too many riders, a wheelchair on a bus without positions, a rider at a stop where the run does not call, a bus late for the bell or there before it may be.
 */
export function lint(problem: RoutingProblem, plan: Plan<"routing">, question: Question): Answer {
  const parsed = questionSchema.safeParse(question);
  if (!parsed.success) throw new InputError("bad-question", `lint: ${z.prettifyError(parsed.error)}`);
  const { of } = parsed.data;
  const decisions = of === "plan" ? plan.decisions : today(problem)?.decisions;
  if (!decisions) throw new InputError("no-today", "lint: the district gave no service of today.", { path: "of" });
  const findings = new Linter(problem, decisions).findings();
  const counts: Record<string, number> = {};
  for (const { what } of findings) counts[what] = (counts[what] ?? 0) + 1;
  const answer: LintAnswer = { of, findings, counts };
  return { kind: "lint", ...answer };
}

class Linter {
  readonly #problem: RoutingProblem;
  readonly #sheets: readonly Sheet[];
  readonly #kindOf: ReadonlyMap<string, BusKind>;
  readonly #rideOf: ReadonlyMap<string, Ride>;
  readonly #placeOf: ReadonlyMap<string, number>;

  constructor(problem: RoutingProblem, decisions: RoutingDecisions) {
    this.#problem = problem;
    const stays = staysByRun(decisions);
    const riders = Map.groupBy(decisions.assignments, (row) => row.run_id);
    this.#sheets = decisions.runs.map((run) => ({
      run,
      stays: stays.get(run.run_id) ?? [],
      riders: riders.get(run.run_id) ?? [],
    }));
    this.#kindOf = kindByBus(problem);
    this.#rideOf = new Map(problem.rides.map((ride) => [`${ride.studentId} ${ride.direction}`, ride]));
    this.#placeOf = new Map(problem.places.map((place, index) => [place.id, index]));
  }

  findings(): LintFinding[] {
    return [...this.#sheets.flatMap((sheet) => this.#ofRun(sheet)), ...this.#ofBuses()];
  }

  #ofRun(sheet: Sheet): LintFinding[] {
    const { run, stays, riders } = sheet;
    const found: LintFinding[] = [];
    const say = (what: LintFinding["what"], says: string) => found.push(finding(what, run, says));
    if (riders.length === 0) say("empty_run", "nobody is assigned to it");
    const kind = this.#kindOf.get(run.bus_id ?? "");
    if (!kind) say("no_bus", run.bus_id ? `its bus ${run.bus_id} is not in buses.csv` : "it has no bus");
    else this.#ofVehicle(sheet, kind, say);
    const called = new Set(stays.map((row) => row.stop_id));
    for (const row of riders)
      if (!called.has(row.stop_id))
        say("not_called_at", `${row.student_id} waits at ${row.stop_id}, where it does not call`);
    for (const school of this.#problem.schools) {
      const stay = run.school_ids.includes(school.id) ? stays.find((row) => row.stop_id === school.id) : undefined;
      if (!stay) continue;
      const there = `${school.id} at ${formatClock(stay.arrive)}`;
      if (run.direction === "AM" && stay.arrive + school.unloadS > school.bellStartS)
        say("late_for_bell", `it is at ${there}, the bell is at ${formatClock(school.bellStartS)}`);
      if (run.direction === "PM" && stay.depart < school.bellEndS)
        say("before_bell", `it leaves ${school.id} at ${formatClock(stay.depart)}, before the bell`);
    }
    return found;
  }

  #ofVehicle({ run, riders }: Sheet, kind: BusKind, say: (what: LintFinding["what"], says: string) => void): void {
    const rides = riders.flatMap((row) => this.#rideOf.get(`${row.student_id} ${run.direction}`) ?? []);
    const chairs = rides.filter((ride) => ride.wheelchair).length;
    if (chairs > kind.wheelchairs)
      say("wrong_vehicle", `${chairs} in wheelchairs, ${run.bus_id} has ${kind.wheelchairs} positions`);
    const benches = rides.reduce((sum, ride) => sum + ride.benches, 0);
    if (benches > kind.benches)
      say(
        "over_capacity",
        `${tenths(benches / BENCH)} benches of riders, ${run.bus_id} has ${tenths(kind.benches / BENCH)}`,
      );
  }

  /** Each bus's runs in order of time: two at once, or no time to get from one to the next. */
  #ofBuses(): LintFinding[] {
    const byBus = Map.groupBy(
      this.#sheets.filter(({ run, stays }) => run.bus_id && stays.length > 0),
      ({ run }) => run.bus_id ?? "",
    );
    return [...byBus.values()].flatMap((sheets) => {
      const ordered = sheets.toSorted((a, b) => a.stays[0].arrive - b.stays[0].arrive);
      return ordered.slice(1).flatMap((next, index) => {
        const before = ordered[index];
        const last = before.stays[before.stays.length - 1];
        const [first] = next.stays;
        if (first.arrive < last.depart)
          return [
            finding(
              "double_booking",
              next.run,
              `its bus is still on ${before.run.run_id} until ${formatClock(last.depart)}`,
            ),
          ];
        const driveS = this.#fastestS(last.stop_id, first.stop_id);
        const gapS = first.arrive - last.depart;
        if (driveS === null || gapS >= driveS) return [];
        return [
          finding(
            "link_too_short",
            next.run,
            `${tenths(gapS / 60)} min after ${before.run.run_id}, the drive takes ${tenths(driveS / 60)} min`,
          ),
        ];
      });
    });
  }

  #fastestS(from: string, to: string): number | null {
    const { drives, places } = this.#problem;
    const [a, b] = [this.#placeOf.get(from), this.#placeOf.get(to)];
    if (a === undefined || b === undefined) return null;
    const seconds = drives.durationS.map((durations) => durations[a * places.length + b]).filter((each) => each >= 0);
    return seconds.length === 0 ? null : Math.min(...seconds);
  }
}

const finding = (what: LintFinding["what"], run: Run, says: string): LintFinding => ({
  what,
  run_id: run.run_id,
  bus_id: run.bus_id ?? null,
  says: `${run.run_id}: ${says}`,
});

const tenths = (value: number): number => Math.round(value * 10) / 10;
