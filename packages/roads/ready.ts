import type { EngineChoice } from "./engine-choice.ts";
import { OsrmClient } from "./osrm/client.ts";
import { osrmExecutables } from "./osrm/executables.ts";

/**
 * Is the chosen engine there? Asked when a server or a worker starts, so that what is missing is said then and not in the first plan.
 *
 * @returns who answers drives, for a terminal
 * @throws RoadError as `OsrmClient` and `osrmExecutables` do
 */
export async function readyRoads(choice: EngineChoice, cacheDir: string): Promise<string> {
  if (choice.engine === "embedded") return "the embedded engine";
  if (choice.url === undefined) return `OSRM ${(await osrmExecutables({ ...choice, cacheDir })).version}, started here`;
  const client = new OsrmClient(choice.url, { timeoutMs: 10_000 });
  await client.ask("nearest", [0, 0]).catch((error) => {
    // Nothing lies at 0,0: a refusal in OSRM's words is an OSRM that answers.
    if (error.code !== "osrm-NoSegment") throw error;
  });
  return `OSRM at ${new URL(choice.url).host}`;
}
