import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readTimetableInstance } from "@trivium/intake";
import type { TimetablePenalty } from "@trivium/model";
import { verifyTimetable } from "@trivium/verify";
import { solveTimetableInThreads } from "@trivium/worker";

const folder = fileURLToPath(new URL("../../results/timetable/", import.meta.url));
const source = fileURLToPath(new URL("../../../solvers/scheduling/timetable/", import.meta.url));

/** What came out of one solve; no penalty where no legal timetable was found. */
interface Found {
  readonly penalty?: TimetablePenalty;
}

/** Digest of the solver's sources: what was measured with other code is measured again. */
const code = (() => {
  const hash = createHash("sha256");
  for (const name of readdirSync(source, { recursive: true }).map(String).sort())
    if (name.endsWith(".ts")) hash.update(readFileSync(join(source, name)));
  return hash.digest("hex").slice(0, 12);
})();

/** One solve, verified; kept in a file of its own, so that a bench that stopped goes on where it was. */
export async function ours(path: string, timeS: number, threads: number): Promise<Found> {
  const name = basename(path, ".xml.gz");
  const kept = join(folder, `${name}-${timeS}s-${threads}threads.json`);
  if (existsSync(kept)) {
    const known = JSON.parse(readFileSync(kept, "utf8"));
    if (known.code === code) return known;
  }
  const instance = readTimetableInstance(gunzipSync(readFileSync(path)).toString("utf8"), name);
  const { status, classes } = await solveTimetableInThreads(instance, { limits: { timeS }, seed: 1, threads });
  const found: Found & { code: string } = { code };
  if (status === "feasible") {
    const about = { name, runtimeS: timeS, cores: threads, technique: "", author: "", institution: "", country: "" };
    const { verification, penalty } = verifyTimetable(instance, { ...about, classes });
    if (!verification.ok) throw new Error(`${name}: ${verification.violations[0].message}`);
    Object.assign(found, { penalty });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, `${JSON.stringify(found)}\n`);
  return found;
}
