import type { Report } from "../report.ts";
import type { Reading } from "./reading.ts";

/** A hard rule of a capital plan: applies itself to all that it concerns and says so in the report. */
export type Rule = (reading: Reading, report: Report) => void;
