import { expect, test } from "vitest";
import { buildProblem } from "../build.ts";
import { fixtureDistrict } from "../fixture.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "./cost-stream.ts";
import { outlookOf } from "./outlook.ts";

test("what each year's replacement saves is the stream with nothing done less the stream with that replacement", () => {
  const problem = buildProblem(fixtureDistrict({ assets: 40, schools: 3, horizon: 12 }));
  const years = problem.calendar.years.length;
  const stream = emptyStream(years);
  const cost = (a: number, year: number) => {
    writeStream(outlookOf(problem, a), problem.money, year, stream, streamScratch(years));
    return discountedUsd(stream, problem.money);
  };
  for (let a = 0; a < problem.forecast.live.length; a++) {
    const nothing = cost(a, NOT_REPLACED);
    expect(problem.ifNothingUsd[a]).toBeCloseTo(nothing, 6);
    for (let year = 0; year < years; year++)
      expect(problem.savingUsd[a * years + year]).toBeCloseTo(nothing - cost(a, year), 6);
  }
});
