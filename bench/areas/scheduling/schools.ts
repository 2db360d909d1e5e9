import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "@trivium/model";
import type { DistrictFiles } from "../../../data/district.ts";
import { writeDistrict } from "../../../data/generate.ts";
import { unkindDistrict } from "../../../data/scheduling/index.ts";
import { readMatrix } from "../../../data/scheduling/matrix/conflict-matrix.ts";
import { matrixSchool } from "../../../data/scheduling/matrix/school.ts";
import { district, shared } from "../../instances.ts";

/** What a hidden legal plan meets of a school's requests: it can be had. */
export interface Floor {
  readonly requests: number;
  readonly met: number;
  readonly required: number;
  readonly requiredMet: number;
}

/** Students that the published matrix is taken to be of, athletics apart. */
const MATRIX_STUDENTS = 1900;

/** One of the two generated schools beside the project; undefined where they are not there. */
export async function kindSchool(name: "j1" | "j3"): Promise<Dataset | undefined> {
  const path = shared(`scheduling/k12-synthetic/${name}`);
  return path ? district(path) : undefined;
}

/** A school drawn after the real conflict matrix, with how well its pairs follow it; undefined where the matrix is not there. */
export async function schoolOfMatrix(students: number): Promise<{ dataset: Dataset; about: string } | undefined> {
  const path = shared("scheduling/k12-mvhs/conflict_pairs.json");
  if (!path) return undefined;
  const matrix = readMatrix(JSON.parse(readFileSync(path, "utf8")));
  const { files, correlation, singletonShare, sections } = matrixSchool(1, matrix, students, MATRIX_STUDENTS);
  const about = `${sections} sections, ${Math.round(100 * singletonShare)} % of the courses singletons, pairs correlate ${correlation.toFixed(3)}`;
  return { dataset: await fromFiles(files), about };
}

/** An unkind school, read as a district folder, and what its hidden plan meets. */
export async function unkind(students: number, seed = 1): Promise<{ dataset: Dataset; floor: Floor }> {
  const { files, drawn } = unkindDistrict(seed, students);
  return { dataset: await fromFiles(files), floor: drawn.floor };
}

async function fromFiles(files: DistrictFiles): Promise<Dataset> {
  const folder = mkdtempSync(join(tmpdir(), "trivium-bench-"));
  try {
    writeDistrict(folder, files);
    return await district(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
