import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@trivium/store";
import { expect, test } from "vitest";
import { answerVroom } from "./answer-vroom.ts";

const DOCUMENT = {
  vehicles: [{ id: 1, start_index: 0, end_index: 0 }],
  jobs: [
    { id: 1, location_index: 1 },
    { id: 2, location_index: 2 },
  ],
  matrices: {
    car: {
      durations: [
        [0, 10, 20],
        [10, 0, 5],
        [20, 5, 0],
      ],
    },
  },
  options: { iterations: 100 },
};

test("a routing problem in the store is solved once, and what is wrong with one is kept", async () => {
  const dir = await mkdtemp(join(tmpdir(), "trivium-vroom-"));
  const store = await openStore(dir);
  const id = await store.vroomSolves.add(DOCUMENT, null, "local");
  expect(await store.vroomSolves.get(id)).toMatchObject({ status: "queued", waiting: true });
  const both = await Promise.all([answerVroom(store, id), answerVroom(store, id)]);
  // 0 → 1 → 2 → 0 (or the other way round) takes 10 + 5 + 20 = 35.
  expect(both.filter((answer) => answer !== null).map(({ summary }) => summary.cost)).toEqual([35]);
  expect(await store.vroomSolves.get(id)).toMatchObject({ status: "succeeded", waiting: false, answer: { code: 0 } });
  expect(await answerVroom(store, id)).toBeNull();
  const wrong = await store.vroomSolves.add({ ...DOCUMENT, jobs: [{ id: 1, location_index: 9 }] }, null, "local");
  await expect(answerVroom(store, wrong)).rejects.toMatchObject({ code: "bad-vroom" });
  expect(await store.vroomSolves.get(wrong)).toMatchObject({ status: "failed", error: { code: "bad-vroom" } });
  await store.close();
  await rm(dir, { recursive: true, force: true });
});
