import { InputError } from "@trivium/model";
import { expect, test } from "vitest";
import { readTimetableInstance } from "./read-instance.ts";
import { readTimetableSolution } from "./read-solution.ts";

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<problem name="little" nrDays="2" slotsPerDay="20" nrWeeks="3">
  <optimization time="1" room="2" distribution="3" student="4"/>
  <rooms>
    <room id="1" capacity="9"><travel room="2" value="3"/></room>
    <room id="2" capacity="9"><unavailable days="01" start="5" length="2" weeks="100"/></room>
  </rooms>
  <courses>
    <course id="1"><config id="1"><subpart id="1">
      <class id="1" limit="5"><room id="1" penalty="0"/><time days="10" start="3" length="2" weeks="111" penalty="4"/></class>
      <class id="2" limit="5" parent="1" room="false"><time days="01" start="3" length="2" weeks="111"/></class>
    </subpart></config></course>
  </courses>
  <distributions>
    <distribution type="MaxBlock(4,1)" penalty="2"><class id="1"/><class id="2"/></distribution>
    <distribution type="SameStart" required="true"><class id="1"/><class id="2"/></distribution>
  </distributions>
  <students><student id="1"><course id="1"/></student></students>
</problem>
`;

function findingsOf(xml: string): string[] {
  try {
    readTimetableInstance(xml, "little.xml");
  } catch (error) {
    return (error as InputError).findings.map(({ code, row, column, value }) => `${row} ${column} ${code} ${value}`);
  }
  return [];
}

test("an instance is read whole, with what may be left out", () => {
  const instance = readTimetableInstance(`\uFEFF${XML.replaceAll("\n", "\r\n")}`, "little.xml");
  const [lecture, lab] = instance.courses[0].configs[0].subparts[0].classes;
  expect(instance.weights).toEqual({ time: 1, room: 2, distribution: 3, student: 4 });
  expect(instance.rooms[1].unavailable).toEqual([{ days: "01", weeks: "100", start: 5, length: 2 }]);
  expect(lecture).toMatchObject({
    needsRoom: true,
    rooms: [{ id: "1", penalty: 0 }],
    times: [{ start: 3, penalty: 4 }],
  });
  expect(lab).toMatchObject({ parent: "1", needsRoom: false, rooms: [], times: [{ penalty: 0 }] });
  expect(instance.distributions).toEqual([
    { kind: "MaxBlock", parameters: [4, 1], required: false, penalty: 2, classes: ["1", "2"] },
    { kind: "SameStart", parameters: [], required: true, penalty: 0, classes: ["1", "2"] },
  ]);
});

test.each([
  ['nrWeeks="3"', 'nrWeeks="three"', "2 problem@nrWeeks bad-number three"],
  ['travel room="2"', 'travel room="7"', "5 travel@room unknown-reference 7"],
  ['<room id="2" capacity', '<room id="1" capacity', "6 room@id duplicate-id 1"],
  ['weeks="100"', 'weeks="10"', "6 unavailable@weeks bad-bits 10"],
  ['start="5" length="2"', 'start="19" length="2"', "6 unavailable@start past-midnight 19"],
  ['<room id="1" penalty="0"/>', "", "10 class@id no-rooms 1"],
  ['limit="5"><room', 'limit="-1"><room', "10 class@limit bad-number -1"],
  ['parent="1"', 'parent="9"', "11 class@parent unknown-reference 9"],
  ['room="false"', 'room="no"', "11 class@room bad-flag no"],
  ["MaxBlock(4,1)", "MaxBlock(4)", "15 distribution@type unknown-distribution MaxBlock(4)"],
  ["SameStart", "SameMood", "16 distribution@type unknown-distribution SameMood"],
  ['<student id="1"><course id="1"/>', '<student id="1"><course id="4"/>', "18 course@id unknown-reference 4"],
])("%s as %s is found with its line and element", (good, bad, finding) => {
  expect(findingsOf(XML.replace(good, bad))).toContain(finding);
});

test("all problems are named at once", () => {
  expect(findingsOf(XML.replace("SameStart", "SameMood").replace('parent="1"', 'parent="9"'))).toHaveLength(2);
});

test.each([
  ["cut off", XML.slice(0, 400), "bad-xml"],
  ["a solution", '<solution name="little"/>', "not-a-timetable"],
  ["nothing", "", "bad-xml"],
])("%s is no instance", (_what, xml, code) => {
  expect(() => readTimetableInstance(xml, "x.xml")).toThrow(expect.objectContaining({ name: "InputError", code }));
});

test("an instance is no solution, and a class without an id has a finding", () => {
  expect(() => readTimetableSolution(XML, "x.xml")).toThrow(expect.objectContaining({ code: "not-a-solution" }));
  expect(() =>
    readTimetableSolution('<solution name="a"><class days="10" weeks="1" start="2"/></solution>', "x.xml"),
  ).toThrow(InputError);
});
