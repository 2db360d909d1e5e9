import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipOf } from "../../../packages/api/trial/trial.ts";
import { trial } from "../../../test/faults/trials.ts";
import type { Row } from "../../measurement.ts";
import { type Checked, checked } from "./checked.ts";
import { HARMFUL } from "./harmful.ts";
import { writeLargeDistrict } from "./large-district.ts";
import { measured } from "./measured.ts";

const STUDENTS = 100_000;
const READ_S = 10;
const READ_MB = 1024;
const REFUSED_S = 2;
const REFUSED_MB = 256;

const inTime = ({ seconds, peakMb, exit }: Checked): boolean => seconds <= READ_S && peakMb <= READ_MB && exit === 0;
const refusedInTime = ({ seconds, peakMb, exit }: Checked): boolean =>
  seconds <= REFUSED_S && peakMb <= REFUSED_MB && exit === 3;

/** Reading a large district, and refusing what is none. */
export async function* intakeRows(): AsyncGenerator<Row> {
  const dir = mkdtempSync(join(tmpdir(), "trivium-intake-"));
  try {
    const district = join(dir, "large");
    writeLargeDistrict(district, STUDENTS);
    const large = await trial("intake-100000-students", () => checked(district), inTime);
    const read = large.outcome;
    yield {
      what: "intake",
      instance: `${STUDENTS.toLocaleString("en-US")} students and riders, 233,000 requests, read and checked`,
      result: `${read.seconds.toFixed(1)} s, ${Math.round(read.peakMb)} MB`,
      goal: `${READ_S} s, ${READ_MB} MB`,
      met: inTime(read),
      ...measured(large),
    };
    for (const [what, files] of Object.entries(HARMFUL)) {
      const path = join(dir, "harmful.zip");
      writeFileSync(path, zipOf(files));
      const name = `refusal-${what.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
      const tried = await trial(name, () => checked(path), refusedInTime);
      const refused = tried.outcome;
      yield {
        what: "refusal",
        instance: what,
        result: `${refused.exit === 3 ? "refused" : `exit ${refused.exit}`} in ${refused.seconds.toFixed(2)} s, ${Math.round(refused.peakMb)} MB`,
        goal: `refused in ${REFUSED_S} s, ${REFUSED_MB} MB`,
        met: refusedInTime(refused),
        ...measured(tried),
      };
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
