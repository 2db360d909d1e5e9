import { type Done, doneBy } from "../reading.ts";
import { objectiveUsd, streamOf } from "../stream.ts";
import { type AnswerRule, number } from "./answer-rule.ts";

/** `wait`: one line so many years later, by its own stream of costs. */
export const wait: AnswerRule = (reading, question, answer, report) => {
  const { calendar, projects } = reading;
  const project = projects.find(({ row }) => row.asset_id === question.asset_id);
  if (!report.check("answers.wait-planned", project !== undefined, () => `${question.asset_id} is in no year`)) return;
  if (project === undefined) return;
  const later = project.year + (question.years === undefined ? 1 : number(question.years));
  const leaves = later >= calendar.years.length;
  const now = doneBy([project]).get(project.row.asset_id) as Done;
  const [before, after] = [now, leaves ? undefined : { ...now, year: later }].map((done) =>
    streamOf(project.asset, done, reading),
  );
  const change = (of: (stream: typeof before) => number) => of(after) - of(before);
  const total = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);
  const objective = objectiveUsd(before, reading) + objectiveUsd(after, reading);
  const own = now.renewed ? (project.asset.renewal?.costUsd ?? 0) : project.asset.costUsd;
  const expected: Readonly<Record<string, readonly [value: number | null, tolerance: number]>> = {
    planned_year: [project.row.fiscal_year, 0],
    new_year: [leaves ? null : calendar.years[later], 0],
    objective_change_usd: [change((stream) => objectiveUsd(stream, reading)), 0.0002 * objective + 1],
    failures_change: [change((stream) => total(stream.failures)), 0.002],
    emergency_change_usd: [change((stream) => total(stream.emergencyUsd)), 0.0002 * objective + 1],
    cost_change_usd: [leaves ? 0 : own * (calendar.escalation[later] - calendar.escalation[project.year]), 0.01],
  };
  for (const [name, [value, absolute]] of Object.entries(expected))
    report.agree("answers.wait", answer[name] as number | null, value, { absolute }, `${name} of waiting`);
};
