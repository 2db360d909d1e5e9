import type { Plan } from "@trivium/model";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { DistrictFixture } from "../fixture/district-fixture.ts";
import { letterFiles } from "./letters.ts";

const { dataset } = await new DistrictFixture().read();
if (!dataset) throw new Error("the clean district has findings");

const at = (hours: number, minutes: number) => hours * 3600 + minutes * 60;
const ride = (student_id: string, stop_id: string, board: number) => ({
  student_id,
  direction: "AM" as const,
  stop_id,
  run_id: "AM-HS-1",
  bus_id: "B1",
  walk_m: 120,
  board,
  alight: at(7, 45),
  ride_min: 14,
});

const files = (assignments: readonly ReturnType<typeof ride>[], district = dataset) => {
  const decisions = { runs: [], run_stops: [], assignments, routes: [], bells: [] };
  const written = letterFiles({ area: "routing", decisions } as unknown as Plan<"routing">, district);
  const rows = (name: string) => parse(written.get(name) ?? "", { columns: true }) as Record<string, string>[];
  return { letters: rows("letters.csv"), changes: rows("changes_riders.csv"), names: [...written.keys()] };
};

test("a letter names school, stop, bus and times; what is as today is not told as changed", () => {
  const { letters, changes } = files([ride("S101", "ST1", at(7, 33))]);
  expect(letters).toEqual([
    {
      student_id: "S101",
      school_id: "HS",
      school: letters[0].school,
      grade: "9",
      direction: "AM",
      bus_id: "B1",
      run_id: "AM-HS-1",
      stop_id: "ST1",
      stop: "Elm & 3rd",
      at_stop: "07:33:00",
      at_school: "07:45:00",
      walk_m: "120",
      ride_min: "14",
      changed: "",
    },
  ]);
  expect(letters[0].school).not.toBe("");
  expect(changes).toEqual([]);
});

test("only differences are listed: another stop, more than five minutes, who is new and whose ride ends", () => {
  const moved = files([ride("S101", "ST2", at(7, 37)), ride("S102", "ST1", at(7, 31))]);
  expect(moved.letters.map((row) => row.changed)).toEqual(["stop|time", "new"]);
  expect(moved.changes).toEqual([
    { student_id: "S101", direction: "AM", what: "stop", today: "ST1", plan: "ST2" },
    { student_id: "S101", direction: "AM", what: "time", today: "07:31:00", plan: "07:37:00" },
    { student_id: "S102", direction: "AM", what: "new", today: "", plan: "B1 ST1 07:31:00" },
  ]);
  expect(files([]).changes).toEqual([
    { student_id: "S101", direction: "AM", what: "ends", today: "B1 ST1 07:31:00", plan: "" },
  ]);
});

test("without today's service there are letters and no changes", () => {
  const district = { ...dataset, tables: { ...dataset.tables, today_assignments: [] } };
  const { letters, names } = files([ride("S101", "ST1", at(7, 33))], district);
  expect(names).toEqual(["letters.csv"]);
  expect(letters[0].changed).toBe("");
});
