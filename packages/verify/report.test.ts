import { expect, test } from "vitest";
import { Report } from "./report.ts";

test("a violated rule is counted beyond the thousand that are kept", () => {
  const report = new Report();
  for (let i = 0; i < 1_200; i++)
    report.check("rooms.capacity", i % 100 === 0, () => `room ${i} is too small`, { room: i });
  const verification = report.verification();
  expect(verification.ok).toBe(false);
  expect(verification.checked["rooms.capacity"]).toBe(1_200);
  expect(verification.violation_count).toBe(1_188);
  expect(verification.violations).toHaveLength(1_000);
  expect(verification.violations[0]).toEqual({
    rule: "rooms.capacity",
    message: "room 1 is too small",
    where: { room: 1 },
  });
});

test("a claimed figure agrees within its tolerance and not beyond", () => {
  const claimed = (value: number) => {
    const report = new Report();
    report.figure("spend_usd", 1_000, { relative: 0.01 });
    report.compareMetrics({ spend_usd: value }, ["spend_usd"]);
    return report.verification().ok;
  };
  expect(claimed(1_010)).toBe(true);
  expect(claimed(1_010.1)).toBe(false);
});

test("a figure that nothing recomputes is a violation, and so is a required one that is absent", () => {
  const report = new Report();
  report.compareMetrics({ happiness: 7 }, ["spend_usd"]);
  expect(report.verification().violations.map(({ rule }) => rule)).toEqual(["figures.present", "figures.known"]);
});
