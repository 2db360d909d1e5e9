import { LOCAL } from "@trivium/model";
import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { dialectOf } from "../databases/dialect.ts";
import { openStore } from "../index.ts";
import type { Schema } from "../schema.ts";
import { onEachDatabase } from "../trial/each-database.ts";

onEachDatabase((trial) => {
  /** Somebody who can write rows, and knows nothing else. */
  async function bySql(...statements: string[]): Promise<void> {
    const db = new Kysely<Schema>({ dialect: await dialectOf(trial.dir, trial.databaseUrl) });
    for (const statement of statements) await sql.raw(statement).execute(db);
    await db.destroy();
  }

  const written = async (count: number) => {
    for (let i = 1; i <= count; i++)
      await trial.store.audit.append({ action: "solve asked for", subject: `scenario_${i}`, detail: { i } });
  };
  const codes = async () => (await trial.store.audit.verify()).problems.map(({ code }) => code);

  test("what was done stands in order, and a log that nobody touched is found whole", async () => {
    await written(5);
    const report = await trial.store.audit.verify();
    expect(report).toMatchObject({ ok: true, entries: 5, head: { seq: 5 }, problems: [] });
    const { items } = await trial.store.audit.list({ limit: 2 });
    expect(items.map(({ seq, actor, subject }) => `${seq} ${actor} ${subject}`)).toEqual([
      "5 operator scenario_5",
      "4 operator scenario_4",
    ]);
  });

  test("entries that come at once, from several processes, make one chain", async () => {
    const other = await trial.rival();
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        (i % 2 ? trial.store : other).audit.append({ action: "did", subject: String(i) }),
      ),
    );
    expect(await trial.store.audit.verify()).toMatchObject({ ok: true, entries: 60, head: { seq: 60 } });
  });

  test.each([
    ["an entry that was edited", ["update audit set subject = 'scenario_9' where seq = 3"], "edited"],
    ["an entry whose time was moved", ["update audit set at = '2020-01-01T00:00:00.000Z' where seq = 2"], "edited"],
    ["an entry that was deleted", ["delete from audit where seq = 3"], "missing"],
    ["the first entry deleted", ["delete from audit where seq = 1"], "missing"],
    [
      "entries that were exchanged",
      [
        "update audit set seq = 99 where seq = 2",
        "update audit set seq = 2 where seq = 3",
        "update audit set seq = 3 where seq = 99",
      ],
      "edited",
    ],
    [
      "entries that were deleted and the rest numbered anew",
      [
        "delete from audit where seq = 3",
        "update audit set seq = 3 where seq = 4",
        "update audit set seq = 4 where seq = 5",
      ],
      "edited",
    ],
    [
      "an entry that was made up",
      [
        "insert into audit select 6, at, actor, district, action, 'scenario_6', detail, commits, hash, hash from audit where seq = 5",
      ],
      "edited",
    ],
    ["a log that was cut off", ["delete from audit where seq > 3"], "truncated"],
    ["a log that was emptied", ["delete from audit"], "truncated"],
  ])("%s is found", async (_what, statements, code) => {
    await written(5);
    await trial.store.close();
    await bySql(...statements);
    const again = await trial.another();
    expect((await again.audit.verify()).problems.map((each) => each.code)).toContain(code);
  });

  test("with the file beside the database gone too, an end that was noted on paper finds what was cut off", async () => {
    await written(5);
    const paper = await trial.store.audit.head();
    await bySql("delete from audit where seq > 3");
    const report = await trial.store.audit.verify([paper]);
    expect(report.problems.map(({ code }) => code)).toContain("truncated");
  });

  test("a right that was given past the log is found: a key made by SQL, a role changed by SQL, a key removed", async () => {
    const { key } = await trial.store.keys.add(
      { ...LOCAL, roles: ["viewer"], label: "board", expires_at: null },
      "local",
    );
    await trial.store.keys.actorOf(`trivium.${key.key_id}.wrong`);
    expect(await codes()).toEqual([]);
    await bySql(`update keys set roles = '["approver"]' where key_id = '${key.key_id}'`);
    expect(await codes()).toEqual(["row-altered"]);
    await bySql(`update keys set key_id = 'key_forged' where key_id = '${key.key_id}'`);
    expect((await codes()).sort()).toEqual(["row-removed", "row-unknown"]);
  });

  test("a process with another secret may not write to the log", async () => {
    await written(1);
    const options = trial.databaseUrl === undefined ? {} : { databaseUrl: trial.databaseUrl };
    const stranger = await openStore(trial.dir, { ...options, secret: "another secret than that of the folder" });
    await expect(stranger.audit.append({ action: "did", subject: "x" })).rejects.toMatchObject({
      code: "wrong-secret",
    });
    await stranger.close();
  });

  test("within a scope the log is written under its actor and district, and read of its own district only", async () => {
    const elm = { ...LOCAL, id: "key_elm", district: "elm" };
    const oak = { ...LOCAL, id: "key_oak", district: "oak" };
    await trial.store.within(elm, () => trial.store.audit.append({ action: "did", subject: "a" }));
    await trial.store.within(oak, () => trial.store.audit.append({ action: "did", subject: "b" }));
    const seen = await trial.store.within(oak, () => trial.store.audit.list({ limit: 9 }));
    expect(seen.items.map(({ actor, subject }) => [actor, subject])).toEqual([["key_oak", "b"]]);
  });
});
