import { pseudonym } from "@trivium/store";
import { expect, test } from "vitest";
import { Disguise } from "./disguise.ts";
import { questioned } from "./questioned.ts";

const KEY = "a key of the installation";
const as = (id: string) => pseudonym(KEY, "student", id);
const disguise = new Disguise(KEY, new Set(["S12", "104233", "2027", "lee-ann 7", "A1"]));

test("a pseudonym is always the same under its key, another under another, and holds nothing of the id", () => {
  expect(as("104233")).toBe(pseudonym(KEY, "student", "104233"));
  expect(as("104233")).not.toBe(pseudonym("another", "student", "104233"));
  expect(as("104233")).toMatch(/^student_[0-9a-f]{20}$/);
  expect(as("104233")).not.toContain("104233");
});

test("students are told by pseudonyms as values, in lists, as names of members and in sentences", () => {
  const told = disguise.told({
    student_id: "S12",
    affected: { students: ["S12", "unknown"], sections: ["BIO1-1"] },
    S12: 3,
    message: "S12 and 104233 (S12:BIO1) clash; lee-ann 7, too. S123 and BIO-104233-X",
    riders: ["104233"],
  });
  expect(told).toEqual({
    student_id: as("S12"),
    affected: { students: [as("S12"), as("unknown")], sections: ["BIO1-1"] },
    [as("S12")]: 3,
    message: `${as("S12")} and ${as("104233")} (${as("S12")}:BIO1) clash; ${as("lee-ann 7")}, too. S123 and BIO-${as("104233")}-X`,
    riders: [as("104233")],
  });
});

test("numbers, dates, times and the ids of other things stay", () => {
  const plain = {
    asset_id: "A1",
    section_ids: ["S12"],
    enrolled: 2027,
    school_year: "2027-28",
    created_at: "2027-01-01T00:00:00.000Z",
    message: "from 2027-09-01 on",
  };
  expect(disguise.told(plain)).toEqual(plain);
});

test("a question names students by pseudonyms; an own id asks for nobody", () => {
  const question = { op: "explain", plan_id: "p", subject: { kind: "request", id: `${as("S12")}:BIO1` } };
  expect(questioned(question, disguise)).toEqual({ ...question, subject: { kind: "request", id: "S12:BIO1" } });
  expect(questioned({ kind: "walk_in", student_id: as("104233") }, disguise)).toMatchObject({ student_id: "104233" });
  const asset = { subject: { kind: "asset", id: "A1" } };
  expect(questioned(asset, disguise)).toEqual(asset);
  expect(() => questioned({ subject: { kind: "student", id: "S12" } }, disguise)).toThrow("there is no student S12");
});
