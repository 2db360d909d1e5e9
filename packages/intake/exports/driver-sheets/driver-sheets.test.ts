import type { Plan } from "@trivium/model";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { DistrictFixture } from "../../fixture/district-fixture.ts";
import { driverSheetFiles } from "./driver-sheets.ts";

const { dataset } = await new DistrictFixture().read();
if (!dataset) throw new Error("the clean district has findings");
const district = dataset;

const seven = 7 * 3600;
const decisions: Plan<"routing">["decisions"] = {
  runs: [
    {
      run_id: "AM-HS-1",
      direction: "AM",
      school_ids: ["HS"],
      bus_id: "B1",
      depart: seven + 1860,
      arrive: seven + 2580,
      riders_max: 1,
      miles: 3.21,
    },
  ],
  run_stops: [
    { run_id: "AM-HS-1", seq: 1, stop_id: "ST1", arrive: seven + 1800, depart: seven + 1860, boarding: 1, load: 1 },
    { run_id: "AM-HS-1", seq: 2, stop_id: "HS", arrive: seven + 2580, depart: seven + 2700, alighting: 1, load: 0 },
  ],
  assignments: [{ student_id: "S202", direction: "AM", stop_id: "ST1", run_id: "AM-HS-1", bus_id: "B1" }],
  routes: [
    { bus_id: "B1", seq: 1, run_id: "AM-HS-1", deadhead_m: 1609, deadhead_miles: 1, deadhead_min: 4 },
    { bus_id: "B1", seq: 2, deadhead_m: 0, deadhead_miles: 2, deadhead_min: 6 },
  ],
  bells: [],
  directions: [
    { run_id: "AM-HS-1", legs: [[["Turn left onto Mill Lane", 3219]]] },
    { bus_id: "B1", seq: 1, legs: [[["Head north on Yard Road", 1609]]] },
  ],
};
const plan = {
  area: "routing",
  dataset_hash: dataset.hash,
  scenario: { name: "As it stands", changes: [], settings: {} },
  provenance: { plan_hash: "0123456789abcdef" },
  decisions,
} as unknown as Plan<"routing">;

async function printed(of: Plan<"routing">, approved = true): Promise<string> {
  const files = await driverSheetFiles(of, { dataset: district, approved });
  const { text } = await extractText(new Uint8Array(files.get("driver-sheets.pdf") as Uint8Array), {
    mergePages: true,
  });
  return text.replaceAll(/\s+/g, " ");
}

test("a sheet tells the day in order: the way there, stops with times and riders, every turn, and the way back", async () => {
  const text = await printed(plan);
  const order = [
    "Bus B1",
    "AM-HS-1",
    "Head north on Yard Road",
    "07:30:00",
    "Elm & 3rd",
    "S202 (wheelchair)",
    "Turn left onto Mill Lane 2.00",
    "07:45:00",
    "Back to the depot",
  ];
  const found = order.map((each) => text.indexOf(each));
  expect(found).not.toContain(-1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
});

test("an unsigned plan is marked; one without directions has stops and times all the same", async () => {
  expect(await printed(plan, false)).toContain("DRAFT");
  const { directions: _, ...silent } = decisions;
  const text = await printed({ ...plan, decisions: silent });
  expect(text).toContain("Elm & 3rd");
  expect(text).not.toContain("Mill Lane");
});

test("without the district there are no names to print", async () => {
  await expect(driverSheetFiles(plan, { approved: true })).rejects.toThrow(/--data/);
});
