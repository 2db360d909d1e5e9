import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTables, LOCAL, sealDataset, withoutNames } from "@trivium/model";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { pack, unpack } from "./content.ts";
import { dialectOf } from "./databases/dialect.ts";
import { openStore, pseudonym } from "./index.ts";
import { MIGRATIONS, migrate } from "./migrations/index.ts";
import type { Schema } from "./schema.ts";
import { DISTRICT, onEachDatabase, REPORT, SETTINGS } from "./trial/each-database.ts";

const people = sealDataset({
  district: DISTRICT,
  tables: {
    ...emptyTables(),
    students: [
      {
        student_id: "S1",
        school_id: "H1",
        grade: "9",
        extra: { first_name: "Ada", dob: "2012-02-01", group_frl: "no" },
      },
    ],
    teachers: [
      { teacher_id: "T1", school_id: "H1", name: "Grace Hopper" },
      { teacher_id: "T2", school_id: "H1" },
    ],
  },
  present: new Set(["students", "teachers"]),
  settings: SETTINGS,
});
const PERSONAL = /Hopper|Ada|2012-02-01/;

onEachDatabase((trial) => {
  const rowsOf = async (table: string) => {
    const db = new Kysely<Schema>({ dialect: await dialectOf(trial.dir, trial.databaseUrl) });
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
    await db.destroy();
    return rows;
  };

  test("names of people lie in a table of their own, under pseudonyms; what else describes a person is not kept", async () => {
    const { store } = trial;
    await store.datasets.add(people, REPORT);
    const kept = await store.datasets.get(people.hash);
    expect(JSON.stringify(kept?.tables)).not.toMatch(PERSONAL);
    expect(kept?.tables.students).toMatchObject([{ student_id: "S1", extra: { group_frl: "no" } }]);
    const rows = await rowsOf("people");
    expect(rows).toMatchObject([{ dataset_hash: people.hash, name: "Grace Hopper" }]);
    expect(String(rows[0]?.person)).toMatch(/^teacher_[0-9a-f]{20}$/);
    const { key, names } = await store.people.names(people.hash);
    expect(names.get(pseudonym(key, "teacher", "T1"))).toBe("Grace Hopper");
    expect(names.size).toBe(1);
    expect(await store.people.students(people.hash)).toEqual(["S1"]);
  });

  test("names go with their dataset, or by themselves after their own time; another district has none of them", async () => {
    const { store } = trial;
    await store.datasets.add(people, REPORT);
    await store.within({ ...LOCAL, district: "oak" }, async () => {
      expect((await store.people.names(people.hash)).names.size).toBe(0);
      expect(await store.people.students(people.hash)).toBeUndefined();
    });
    trial.clockMs += 40 * 86_400_000;
    expect(await store.removal.removeNames(41)).toBe(0);
    expect(await store.removal.removeNames(30, true)).toBe(1);
    expect(await store.removal.removeNames(30)).toBe(1);
    expect(await rowsOf("people")).toEqual([]);
    expect((await store.datasets.get(people.hash))?.tables.teachers).toHaveLength(2);
    const other = sealDataset({ ...people, district: { ...DISTRICT, name: "Ash" } });
    await store.datasets.add(other, REPORT);
    expect(await rowsOf("people")).toHaveLength(1);
    await store.removal.remove(other.hash);
    expect(await rowsOf("people")).toEqual([]);
  });

  test("names that a version before kept among the rest are taken out of it at the next start", async () => {
    const dir = await mkdtemp(join(tmpdir(), "trivium-names-"));
    const databaseUrl = await trial.server?.database();
    const before = new Kysely<Schema>({ dialect: await dialectOf(dir, databaseUrl) });
    const now = new Date(trial.clockMs).toISOString();
    await migrate(
      before,
      () => new Date(now),
      MIGRATIONS.slice(
        0,
        MIGRATIONS.findIndex(({ name }) => name === "0031-people"),
      ),
    );
    const { hash, present, ...content } = people;
    const packed = await pack({ ...content, present: [...present] });
    await sql`insert into datasets (hash, name, school_year, created_at, warnings, content, report) values (${hash}, 'Elm', '2027-28', ${now}, 0, ${packed}, ${await pack(REPORT)})`.execute(
      before,
    );
    await before.destroy();
    const store = await openStore(dir, databaseUrl === undefined ? {} : { databaseUrl });
    const { key, names } = await store.people.names(hash);
    expect(names.get(pseudonym(key, "teacher", "T1"))).toBe("Grace Hopper");
    const row = await store.datasets.packed(hash);
    expect(JSON.stringify(await unpack(row?.content ?? new Uint8Array()))).not.toMatch(PERSONAL);
    expect((await store.datasets.get(hash))?.tables).toEqual(withoutNames(people).content.tables);
    await store.close();
    await rm(dir, { recursive: true });
  });
});
