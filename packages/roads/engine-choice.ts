import { RoadError } from "@trivium/model";

/** Which engine answers, and where OSRM comes from. */
export type EngineChoice =
  | { readonly engine: "embedded" }
  | {
      readonly engine: "osrm";
      /** A server that runs already; without it Trivium starts its own. */
      readonly url?: string;
      /** Folder with OSRM's programs. */
      readonly bin?: string;
      /** Folders to look for them in, as PATH has them. */
      readonly path?: string;
      /** Strongly connected parts of fewer nodes are "small" to OSRM's snapping; its own default is 1,000. */
      readonly smallComponent?: number;
    };

/**
 * `OSRM_URL` names a server that is there; `ROADS_ENGINE=osrm` has Trivium start one, its programs from `OSRM_BIN`, the PATH or the wheel.
 * Threads of a worker see the same environment, so that all of a process's work is done on the same roads.
 *
 * @throws RoadError roads-engine when ROADS_ENGINE names none
 */
export function engineChoice(env: NodeJS.ProcessEnv = process.env): EngineChoice {
  const { OSRM_URL: url, OSRM_BIN: bin, ROADS_ENGINE: engine, PATH: path } = env;
  if (url) return { engine: "osrm", url };
  if (engine && engine !== "osrm" && engine !== "embedded") {
    throw new RoadError(
      "roads-engine",
      `ROADS_ENGINE is "${engine}", which is no road engine. Maybe embedded or osrm?`,
      {
        path: "ROADS_ENGINE",
        values: { engine },
      },
    );
  }
  return engine === "osrm" ? { engine, ...(bin ? { bin } : {}), ...(path ? { path } : {}) } : { engine: "embedded" };
}
