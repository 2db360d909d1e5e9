import { type Plan, type Progress, readPlan } from "@trivium/model";
import { expect, test } from "vitest";
import { prepare } from "./prepare.ts";
import { solvePlan } from "./solve-plan.ts";
import { TOY, toyDistrict, toyScenario } from "./toy/index.ts";

const solve = (settings: Parameters<typeof toyScenario>[0], hooks: Parameters<typeof solvePlan>[1] = {}, extra = {}) =>
  solvePlan(
    { dataset: toyDistrict(), area: "facilities", scenario: toyScenario(settings), ...extra },
    { substitutes: TOY, ...hooks },
  );

test("a solved plan is verified, hashed and keeps to the plan file's schema", async () => {
  const plan = await solve({ iterations: 5000, seed: 3 });
  expect(readPlan(JSON.parse(JSON.stringify(plan)))).toBeTruthy();
  expect(plan).toMatchObject({ status: "feasible", seed: 3, threads: 1, iterations: 5000, verification: { ok: true } });
  expect(plan.metrics).toMatchObject({ projects: 1 });
  expect(plan.provenance.schedule).toBeUndefined();
});

test("group columns stay hidden from the engine unless a parity goal names them", async () => {
  const seen = async (parity?: { columns: string[] }) => {
    const scenario = toyScenario({}, parity && [{ op: "settings", area: "scheduling", values: { parity } }]);
    const request = { dataset: toyDistrict(), area: "scheduling" as const, scenario };
    return (await prepare(request, { substitutes: TOY })).problem;
  };
  expect(await seen()).toMatchObject({ extraColumns: ["locker"] });
  expect(await seen({ columns: ["group_frl"] })).toMatchObject({ extraColumns: ["group_frl", "locker"] });
});

test("the same seed and iterations give the same plan, in one thread or in three", async () => {
  const weights = { children: 4 };
  const one = await solve({ iterations: 8000, threads: 1, weights });
  const three = await solve({ iterations: 8000, threads: 3, weights });
  expect(three.provenance.plan_hash).toBe(one.provenance.plan_hash);
  expect(three.iterations).toBe(8000);
});

test("a timed solve is replayed exactly from the schedule in its plan", async () => {
  const settings = { time_s: 0.3, weights: { children: 3 }, threads: 2 };
  const timed = await solve(settings);
  expect(timed.provenance.schedule).toHaveLength(4);
  const again = await solve(settings, {}, { replay: timed.provenance.schedule });
  expect(again.provenance.plan_hash).toBe(timed.provenance.plan_hash);
  expect(again.iterations).toBe(timed.iterations);
});

test("cancelling ends a solve without a time limit near its next checkpoint and keeps the best plan", async () => {
  const controller = new AbortController();
  let abortedAt = 0;
  const plan = await solve(
    { iterations: 1e15 },
    {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase !== "drawing" || abortedAt > 0) return;
        abortedAt = performance.now();
        controller.abort();
      },
    },
  );
  expect(plan.status).toBe("feasible");
  expect(plan.verification?.ok).toBe(true);
  expect(plan.provenance.schedule?.[0].at(-1)).toBeLessThan(0);
});

test("cancelling reaches the children in other threads", async () => {
  const controller = new AbortController();
  const plan = await solve(
    { iterations: 1e15, threads: 2, weights: { children: 2 } },
    { signal: controller.signal, onProgress: ({ phase }) => phase === "drawing" && controller.abort() },
  );
  expect(plan.decisions).toMatchObject({ plan: [{ fiscal_year: 2030 }] });
});

test("a solve cancelled before it starts has no plan, and says so by its status", async () => {
  const plan = await solve({ iterations: 10 }, { signal: AbortSignal.abort() });
  expect(readPlan(plan)).toMatchObject({ status: "no_plan", decisions: { plan: [] } });
});

test("an engine that never asks its budget is ended by force, without a plan", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  const plan = await solve({ weights: { stubborn: 1 } }, { signal: controller.signal, lastResortMs: 300 });
  expect(plan.status).toBe("no_plan");
});

test("an engine that goes on after its time limit is ended soon after it", async () => {
  const failure = await solve({ time_s: 0.5, weights: { stubborn: 1 } }).catch((error) => error);
  expect(failure).toMatchObject({ name: "InternalError", code: "time-limit" });
});

test("a solve that holds more memory than it may, in objects or in typed arrays, fails alone", async () => {
  const beside = solve({ iterations: 5000 }, { memoryMb: 200 });
  const clutter = solve({ iterations: 10, weights: { clutter: 400 } }, { memoryMb: 100 }).catch((error) => error);
  const hoard = solve({ iterations: 1e15, weights: { hoard: 600 } }, { memoryMb: 300 }).catch((error) => error);
  expect(await clutter).toMatchObject({ name: "InternalError", code: "memory-cap" });
  expect(await hoard).toMatchObject({ name: "InternalError", code: "memory-cap" });
  expect(await beside).toMatchObject({ status: "feasible" });
});

test("a plan that the verifier refuses is thrown, with its violations and itself", async () => {
  const failure = await solve({ iterations: 100, weights: { unlawful: 1 } }).catch((error) => error);
  expect(failure).toMatchObject({ name: "InternalError", code: "verification-failed" });
  expect(failure.values.verification.violations[0].rule).toBe("project-price");
  expect((failure.values.plan as Plan).decisions).toMatchObject({ plan: [{ cost_usd: 1e9 }] });
});

test("errors keep their class, code and findings across the thread", async () => {
  const noAssets = solvePlan(
    { dataset: toyDistrict(0), area: "facilities", scenario: toyScenario({ iterations: 1 }) },
    { substitutes: TOY },
  );
  await expect(noAssets).rejects.toMatchObject({ name: "InputError", code: "no-assets" });
  const badChange = solvePlan(
    {
      dataset: toyDistrict(),
      area: "facilities",
      scenario: toyScenario({}, [{ op: "remove", table: "assets", where: { asset_id: "A99" } }]),
    },
    { substitutes: TOY },
  );
  await expect(badChange).rejects.toMatchObject({ code: "bad-scenario", findings: [{ code: "bad-change" }] });
  await expect(solve({ weights: { crash: 1 } })).rejects.toMatchObject({ name: "InternalError", code: "unexpected" });
});

test("progress comes at most about five times a second and names the steps", async () => {
  const told: Progress[] = [];
  const startMs = performance.now();
  await solve({ time_s: 1 }, { onProgress: (progress) => told.push(progress) });
  const elapsedS = (performance.now() - startMs) / 1000;
  expect(told.length).toBeLessThan(5 * elapsedS + 6);
  expect(told.map((each) => each.phase)).toEqual(
    expect.arrayContaining(["building the problem", "drawing", "verifying"]),
  );
});
