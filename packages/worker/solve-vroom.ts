import type { BudgetLimits } from "@trivium/engine";
import {
  InternalError,
  type LatLon,
  type RoadNetwork,
  type TravelMatrix,
  type VroomAnswer,
  type VroomDocument,
} from "@trivium/model";
import { encodePolyline } from "@trivium/roads";
import { checkVroom, locationsOf, readVroom, solveVroom, type VroomReading, vroomIterations } from "@trivium/routing";
import { verifyVroom } from "@trivium/verify";
import { solvedInThreads, type ThreadHooks } from "./threads/solved-in-threads.ts";

/** Without `limits` the document's own. */
export interface VroomHooks extends Partial<ThreadHooks> {
  /** Roads to drive on where the document has no matrices. */
  readonly roads?: RoadNetwork;
}

/** Drives of a plan without time of day are those of noon. */
const NOON_S = 43_200;

/**
 * Answers a document in VROOM's JSON: reads and checks it, fetches drives where it has no matrices, solves it in threads and verifies the answer
 * against the document. Without a limit, in hooks or document, the number of iterations follows from its size: the same answer on any machine.
 *
 * @throws InputError bad-vroom with every problem of the document; RoadError as the roads give it; InternalError unverified-answer
 */
export async function solveVroomInThreads(input: unknown, hooks: VroomHooks = {}): Promise<VroomAnswer> {
  const began = performance.now();
  const document = checkVroom(input, hooks.roads !== undefined);
  const locations = locationsOf(document);
  const drives = locations.length > 0 ? await hooks.roads?.matrix(locations, locations, NOON_S) : undefined;
  const reading = readVroom(document, drives);
  const loaded = performance.now();
  const answer = await answered(reading, hooks);
  verified(document, answer, locations, drives);
  const solved = performance.now();
  const shown = hooks.roads && document.options?.g ? await withGeometry(answer, hooks.roads) : answer;
  const ms = (from: number, to: number) => Math.round(to - from);
  const computing_times = {
    loading: ms(began, loaded),
    solving: ms(loaded, solved),
    routing: ms(solved, performance.now()),
  };
  return { ...shown, summary: { ...shown.summary, computing_times } };
}

function answered(reading: VroomReading, hooks: VroomHooks): Promise<VroomAnswer> {
  const { options = {} } = reading.document;
  const { limits = limitsOf(reading), seed = options.seed, threads = options.t ?? 1, onProgress, signal } = hooks;
  const thread = { limits, seed, threads, onProgress, signal };
  return solvedInThreads(reading.problem, "routing", "vrp-tasks", thread, (context) => solveVroom(reading, context));
}

function limitsOf(reading: VroomReading): BudgetLimits {
  const { l, iterations, t = 1 } = reading.document.options ?? {};
  return l === undefined && iterations === undefined
    ? { iterations: vroomIterations(reading) * t }
    : { timeS: l, iterations };
}

function verified(document: VroomDocument, answer: VroomAnswer, locations: LatLon[], matrix?: TravelMatrix): void {
  const { ok, violations } = verifyVroom(document, answer, matrix && { locations, matrix });
  if (!ok)
    throw new InternalError(
      "unverified-answer",
      `The answer does not hold: ${violations[0].rule}: ${violations[0].message}`,
      {
        values: { violations },
      },
    );
}

/** Encoded polylines of the routes, for documents that ask for them. */
async function withGeometry(answer: VroomAnswer, roads: RoadNetwork): Promise<VroomAnswer> {
  const routes = [];
  for (const route of answer.routes) {
    const points = route.steps.flatMap(({ location }) => (location ? [{ lon: location[0], lat: location[1] }] : []));
    const geometry = points.length < 2 ? "" : encodePolyline((await roads.drive(points, NOON_S)).coordinates, 5);
    routes.push({ ...route, geometry });
  }
  return { ...answer, routes };
}
