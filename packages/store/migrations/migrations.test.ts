import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { pack } from "../content.ts";
import { dialectOf } from "../databases/dialect.ts";
import { openStore } from "../index.ts";
import type { Schema } from "../schema.ts";
import { onEachDatabase } from "../trial/each-database.ts";
import { MIGRATIONS, migrate } from "./index.ts";

const NOW = "2027-01-01T00:00:00.000Z";

onEachDatabase((trial) => {
  test("a database of the first version, and of each since, comes to the present one with all that it held", async () => {
    for (let version = 1; version <= MIGRATIONS.length; version++) {
      const dir = await mkdtemp(join(tmpdir(), "trivium-upgrade-"));
      const databaseUrl = await trial.server?.database();
      const before = new Kysely<Schema>({ dialect: await dialectOf(dir, databaseUrl) });
      await migrate(before, () => new Date(NOW), MIGRATIONS.slice(0, version));
      const content = await pack({ present: [], tables: {} });
      await sql`insert into datasets (hash, name, school_year, created_at, warnings, content, report) values ('d1', 'Elm', '2027-28', ${NOW}, 0, ${content}, ${content})`.execute(
        before,
      );
      await sql`insert into scenarios (scenario_id, dataset_hash, created_at, body) values ('scenario_1', 'd1', ${NOW}, '{}')`.execute(
        before,
      );
      await sql`insert into jobs (job_id, scenario_id, area, status, attempt, created_at, cancel_requested) values ('job_1', 'scenario_1', 'routing', 'queued', 0, ${NOW}, 0)`.execute(
        before,
      );
      if (version >= 2)
        await sql`insert into acknowledgements (dataset_hash, finding_id, acknowledged_by, acknowledged_at, reason) values ('d1', 'f1', 'local', ${NOW}, 'seen')`.execute(
          before,
        );
      if (version >= 3)
        await sql`insert into mappings (name, body, version, updated_by, updated_at) values ('SIS', '{}', 1, 'local', ${NOW})`.execute(
          before,
        );
      await before.destroy();
      const store = await openStore(dir, databaseUrl === undefined ? {} : { databaseUrl });
      expect(await store.jobs.get("job_1")).toMatchObject({ scenario_id: "scenario_1", status: "queued" });
      const scope = { id: "local", district: "", areas: null };
      await store.within(scope, async () => {
        // Rows of before districts had names are the nameless district's; later versions wrote theirs down themselves.
        if (version < MIGRATIONS.findIndex(({ name }) => name === "0010-districts") + 1)
          expect(await store.datasets.summary("d1")).toMatchObject({ name: "Elm" });
        expect(await store.scenarios.get("scenario_1")).toMatchObject({ dataset_hash: "d1" });
        expect(await store.acknowledgements.list("d1")).toHaveLength(version >= 2 ? 1 : 0);
        if (version >= 3) expect(await store.mappings.get("SIS")).toMatchObject({ version: 1, mapping: {} });
      });
      await store.close();
      await rm(dir, { recursive: true });
    }
  });
});
