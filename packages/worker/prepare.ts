import type { Engine, SolveOptions } from "@trivium/engine";
import {
  type Area,
  applyScenario,
  type Dataset,
  type Plan,
  type RoadNetwork,
  type Scenario,
  withoutGroups,
} from "@trivium/model";
import { engineOf, type Substitutes } from "./engines.ts";

export interface PrepareRequest {
  /** The district as read, before the scenario's changes. */
  readonly dataset: Dataset;
  readonly area: Area;
  readonly scenario: Scenario;
  /** A plan to start the search from. */
  readonly start?: Plan;
}

export interface PrepareResources {
  /** Where prepared maps are kept between solves. */
  readonly cacheDir?: string;
  readonly substitutes?: Substitutes;
  /** Told before each step: roads, then build. */
  readonly onStep?: (phase: string) => void;
}

/** A scenario laid on its dataset and built for its engine. */
export interface Prepared {
  readonly engine: Engine;
  readonly problem: unknown;
  readonly options: SolveOptions;
  /** The district with the scenario's changes, group columns included: for finishing and never for the engine's search. */
  readonly dataset: Dataset;
  readonly roads?: RoadNetwork;
}

/** @throws InputError when a change cannot be made or the area's tables do not serve; RoadError when roads are needed and cannot be opened */
export async function prepare(request: PrepareRequest, resources: PrepareResources = {}): Promise<Prepared> {
  const { area, scenario, start } = request;
  const changed = applyScenario(request.dataset, scenario);
  const engine = await engineOf(area, resources.substitutes);
  const options: SolveOptions = {
    ...(scenario.settings.weights ? { weights: scenario.settings.weights } : {}),
    ...(scenario.settings.school_id ? { schoolId: scenario.settings.school_id } : {}),
    ...(start ? { start } : {}),
  };
  const roads = engine.needsRoads ? await openedRoads(changed, resources) : undefined;
  resources.onStep?.("building the problem");
  const problem = await engine.build(withoutGroups(changed, parityColumns(changed, area)), options, { roads });
  return { engine, problem, options, dataset: changed, roads };
}

async function openedRoads(dataset: Dataset, resources: PrepareResources): Promise<RoadNetwork> {
  resources.onStep?.("opening the roads");
  const { openRoads } = await import("@trivium/roads");
  const onProgress = (share: number) => resources.onStep?.(`reading the road map, ${Math.floor(share * 10) * 10} %`);
  return openRoads(dataset, { cacheDir: resources.cacheDir, onProgress });
}

/** Group columns that the scenario made a goal; every other one stays hidden from the engine. */
function parityColumns(dataset: Dataset, area: Area): readonly string[] {
  return area === "facilities" ? [] : (dataset.settings[area].parity?.columns ?? []);
}
