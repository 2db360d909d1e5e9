import { expect, test } from "vitest";
import { describeEnvironment, readEnvironment, shownEnvironment } from "./environment.ts";

test("every variable that is wrong is told at once; an empty one is an absent one", () => {
  const wrong = () => readEnvironment({ PORT: "eighty", REDIS_URL: "http://redis", WEBHOOK_ALLOW: "10.0.0.0/99" });
  for (const name of ["PORT", "REDIS_URL", "WEBHOOK_ALLOW"]) expect(wrong).toThrow(name);
  expect(readEnvironment({ PORT: "", REDIS_URL: "" })).toMatchObject({ HOST: "127.0.0.1", LOG_LEVEL: "warn" });
});

test("what is told at the start holds no password", () => {
  const environment = readEnvironment({
    DATABASE_URL: "postgres://trivium:hunter2@db.elm.org:5432/trivium?password=hunter2",
    REDIS_URL: "redis://:hunter2@redis.elm.org:6379",
    WEBHOOK_ALLOW: "10.2.0.0/16, 10.3.0.1",
  });
  const shown = shownEnvironment(environment);
  expect(shown).toMatchObject({ DATABASE_URL: "postgres://db.elm.org:5432", REDIS_URL: "redis://redis.elm.org:6379" });
  expect(shown.WEBHOOK_ALLOW).toBe("10.2.0.0/16,10.3.0.1");
  expect(JSON.stringify(shown) + describeEnvironment(environment)).not.toContain("hunter2");
});
