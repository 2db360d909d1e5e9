import { emptyTables, scenarioSchema, sealDataset } from "@trivium/model";
import { openStore } from "../index.ts";

/** A process for the crash test: writes without end and says on stdout what was acknowledged. It is killed in the middle. */
const store = await openStore(process.argv[2]);
const dataset = sealDataset({
  district: { name: "Crash", timezone: "UTC", school_year: "2027-28" },
  tables: emptyTables(),
  present: new Set(),
  settings: { scheduling: {}, routing: {}, facilities: {} },
});
const report = { dataset_hash: dataset.hash, errors: 0, warnings: 0, rows: {}, findings: [], completeness: [] };
await store.datasets.add(dataset, report);
const { scenario_id } = await store.scenarios.add(dataset.hash, scenarioSchema.parse({}));
for (;;) {
  const job = await store.jobs.add({ scenario_id, area: "facilities" });
  process.stdout.write(`${job.job_id}\n`);
  const claim = await store.jobs.claim(job.job_id, { staleMs: 1000, attemptsMax: 3 });
  if (claim) process.stdout.write(`${job.job_id} ${claim.attempt}\n`);
}
