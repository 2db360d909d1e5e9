import { expect, test } from "vitest";
import { embeddedKills, resumedInTime } from "./embedded-kills.ts";
import { LONG, tried } from "./long.ts";

const TIMES = LONG ? 100 : 5;

test(`one process that does it all, killed ${TIMES} times in mid-work, loses nothing that it acknowledged`, {
  timeout: 3_600_000,
}, async () => {
  const outcome = await tried("embedded-kills", () => embeddedKills(TIMES), resumedInTime);
  process.stderr.write(`${JSON.stringify(outcome)}\n`);
  expect(outcome).toMatchObject({ acknowledged: TIMES + 1, lost: 0, integrity: "ok" });
});
