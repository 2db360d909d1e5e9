import { InputError, type Priority } from "@trivium/model";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Carrier, PlanQuestion, Taking } from "../carrier.ts";
import { type Run, startWorker, submitSolve, type WorkerParts } from "../index.ts";
import { type BenchStore, benchStore, QUICK, toyPlan } from "./bench-store.ts";

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
const quick: Run = async () => toyPlan();
/** Solves until it is told to stop, and keeps its best plan. */
const endless: Run = async (_work, { signal }) => {
  await aborted(signal);
  return toyPlan();
};

/** What CONTRACT.md promises, held against one carrier. `open` gives a fresh one each time. */
export function conformance(name: string, open: () => Promise<Carrier>): void {
  describe(`the jobs' contract over ${name}`, () => {
    let bench: BenchStore;
    let carrier: Carrier;
    const workers: Taking[] = [];
    beforeEach(async () => {
      bench = await benchStore();
      carrier = await open();
    });
    afterEach(async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.stop()));
      await carrier.close();
      await bench.close();
    });
    const submit = async () => {
      const { scenario_id, area } = await bench.job();
      return submitSolve(bench.store, carrier, { scenario_id, area });
    };
    const start = async (run: Run, more: Partial<WorkerParts> = {}) => {
      const worker = await startWorker({ store: bench.store, carrier, run, policy: QUICK, ...more });
      workers.push(worker);
      return worker;
    };

    test("a submitted solve ends with its plan in the store", async () => {
      await start(quick);
      const { job_id } = await submit();
      const job = await bench.until(job_id, "succeeded");
      expect(await bench.store.plans.get(job.plan_id ?? "")).toMatchObject({ metrics: { projects: 1 } });
    });

    test("what was submitted before any worker ran is done when one comes", async () => {
      const jobs = await Promise.all([submit(), submit(), submit()]);
      await start(quick);
      for (const { job_id } of jobs) expect(await bench.until(job_id, "succeeded")).toMatchObject({ attempt: 1 });
    });

    test("a job that the queue never heard of is found and done", async () => {
      await start(quick);
      const { job_id } = await bench.job();
      expect((await bench.until(job_id, "succeeded")).attempt).toBe(1);
    });

    test("an id handed over twice is one solve", async () => {
      let solves = 0;
      const { job_id } = await submit();
      await carrier.enqueue(job_id);
      await start(async () => {
        solves++;
        return toyPlan();
      });
      await bench.until(job_id, "succeeded");
      await carrier.enqueue(job_id);
      const jobs = (await bench.store.jobs.list({ limit: 9 })).items;
      for (const each of jobs) expect(await bench.until(each.job_id, "succeeded")).toMatchObject({ attempt: 1 });
      expect(solves).toBe(jobs.length);
    });

    /** Asks for solves while nobody works, then begins: who was served in which order. */
    const servedOf = async (asked: { priority?: Priority }[]) => {
      const { scenario_id, area, job_id } = await bench.job();
      await bench.store.jobs.requestCancel(job_id);
      for (const more of asked) await submitSolve(bench.store, carrier, { scenario_id, area, ...more });
      await start(quick);
      const begun = async () => (await bench.store.jobs.list({ limit: 99 })).items.filter((job) => job.ended_at);
      while ((await begun()).length < asked.length + 1) await new Promise((resolve) => setTimeout(resolve, 20));
      const jobs = (await begun()).filter((job) => job.status === "succeeded");
      return jobs.sort((a, b) => String(a.started_at).localeCompare(String(b.started_at)));
    };

    test("waiting jobs of higher priority are begun first, and among equals the oldest", async () => {
      const served = await servedOf([{ priority: "low" }, {}, { priority: "high" }, { priority: "high" }]);
      expect(served.map((job) => job.priority)).toEqual(["high", "high", "normal", "low"]);
      expect(served[0].job_id < served[1].job_id).toBe(true);
    });

    test("people take turns: one who asked for many solves does not keep another waiting", async () => {
      const { scenario_id, area } = await bench.job();
      for (const submitted_by of ["ann", "ann", "ann", "ann", "bob"])
        await submitSolve(bench.store, carrier, { scenario_id, area, submitted_by });
      await start(endless, { concurrency: 3 });
      const running = async () => (await bench.store.jobs.list({ limit: 9 }, "running")).items;
      while ((await running()).length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await running()).map((job) => job.submitted_by).sort()).toEqual(["ann", "bob", null].sort());
    });

    test("a process solves no more at a time than it was told", async () => {
      let now = 0;
      let most = 0;
      await start(
        async () => {
          most = Math.max(most, ++now);
          await new Promise((resolve) => setTimeout(resolve, 40));
          now--;
          return toyPlan();
        },
        { concurrency: 2 },
      );
      const jobs = await Promise.all(Array.from({ length: 6 }, submit));
      for (const { job_id } of jobs) await bench.until(job_id, "succeeded");
      expect(most).toBe(2);
    });

    test("cancelling a running solve keeps its best plan", async () => {
      await start(endless, { concurrency: 2 });
      const { job_id } = await submit();
      await bench.until(job_id, "running");
      await bench.store.jobs.requestCancel(job_id);
      const job = await bench.until(job_id, "cancelled");
      expect(await bench.store.plans.get(job.plan_id ?? "")).toBeTruthy();
    });

    test("a solve cancelled before it had a plan ends without one", async () => {
      const run: Run = async (_work, { signal }) => {
        await aborted(signal);
        return toyPlan("no_plan");
      };
      await start(run, { concurrency: 2 });
      const { job_id } = await submit();
      await bench.until(job_id, "running");
      await bench.store.jobs.requestCancel(job_id);
      expect(await bench.until(job_id, "cancelled")).toMatchObject({ plan_id: null });
    });

    test("a queued job that is cancelled is never begun", async () => {
      const { job_id } = await submit();
      await bench.store.jobs.requestCancel(job_id);
      await start(quick);
      await bench.until((await submit()).job_id, "succeeded");
      expect(await bench.store.jobs.get(job_id)).toMatchObject({ status: "cancelled", attempt: 0 });
    });

    test("a solve that throws has failed with its code, and is not tried again", async () => {
      await start(async () => {
        throw new InputError("no-rooms", "there are no rooms");
      });
      const { job_id } = await submit();
      expect(await bench.until(job_id, "failed")).toMatchObject({
        attempt: 1,
        error: { code: "no-rooms", message: "there are no rooms" },
      });
    });

    test("progress is stored while the solve runs", async () => {
      const progress = { phase: "search", share: 0.5, iterations: 9, best: 3, best_label: "buses", bound: null };
      const run: Run = async (work, hooks) => {
        hooks.onProgress(progress);
        return endless(work, hooks);
      };
      await start(run, { concurrency: 2 });
      const { job_id } = await submit();
      for (;;) {
        const events = await bench.store.jobs.events(job_id, 0);
        if (events.some((event) => event.kind === "progress")) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect((await bench.store.jobs.get(job_id))?.progress).toEqual(progress);
    });

    test("a job whose holder fell silent is taken up again, and the silent one cannot commit", async () => {
      const { job_id } = await bench.job();
      const silent = await bench.store.jobs.claim(job_id, QUICK);
      await start(quick);
      const job = await bench.until(job_id, "succeeded");
      expect(job.attempt).toBe(2);
      if (!silent) throw new Error("the job was not free");
      expect(await bench.store.jobs.end(silent, { status: "succeeded", plan: toyPlan() })).toBe(false);
      expect((await bench.store.plans.list({ limit: 9 }, job.scenario_id)).items).toHaveLength(1);
    });

    test("a solve that breaks because its worker stops is given back too, not failed", async () => {
      const run: Run = async (_work, { signal }) => {
        await aborted(signal);
        throw new Error("the thread is gone");
      };
      const first = await start(run);
      const { job_id } = await bench.job();
      await bench.until(job_id, "running");
      await first.stop();
      expect(await bench.store.jobs.get(job_id)).toMatchObject({ status: "queued", attempt: 0, error: null });
    });

    test("a worker that stops gives its job back, and the next one brings it to its end", async () => {
      const first = await start(endless);
      const { job_id } = await bench.job();
      await bench.until(job_id, "running");
      await first.stop();
      expect(await bench.store.jobs.get(job_id)).toMatchObject({ status: "queued", attempt: 0, plan_id: null });
      await start(quick);
      expect((await bench.until(job_id, "succeeded")).attempt).toBe(1);
    });

    test("a question gets its answer, and an error keeps its class, code and values", async () => {
      const question: PlanQuestion = { op: "ask", plan_id: "plan_1", question: { kind: "late-student" } };
      await start(quick, {
        answer: async (asked) => {
          if (asked.op !== "ask") throw new InputError("unknown-question", "what?", { values: { op: asked.op } });
          return { heard: asked.question.kind };
        },
      });
      expect(await carrier.ask(question, 5000)).toEqual({ heard: "late-student" });
      const refused = carrier.ask({ op: "compare", a: "today", b: "plan_1" }, 5000);
      await expect(refused).rejects.toMatchObject({
        name: "InputError",
        code: "unknown-question",
        values: { op: "compare" },
      });
    });

    test("a question that nobody answers comes back unanswered", async () => {
      const question: PlanQuestion = { op: "compare", a: "today", b: "plan_1" };
      await expect(carrier.ask(question, 100)).rejects.toMatchObject({ code: "unanswered" });
    });
  });
}
