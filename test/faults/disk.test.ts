import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openStore } from "../../packages/store/index.ts";
import { freePort } from "../setup/debian.ts";
import { api } from "./processes.ts";
import { trialDistrict } from "./trial-district.ts";

const mayMount = process.platform === "linux" && process.getuid?.() === 0;

/** Mounting needs root; elsewhere the reason stands in the name. */
describe.skipIf(!mayMount && process.env.CI !== "true")(
  `a store whose disk is in trouble${mayMount ? "" : " (mounting a small disk needs root)"}`,
  () => {
    const closing: (() => unknown)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close();
    });

    /** The API, which solves too, on a disk of sixteen megabytes. */
    async function running() {
      const dir = mkdtempSync(join(tmpdir(), "trivium-disk-"));
      const disk = join(dir, "disk");
      mkdirSync(disk);
      closing.push(() => rmSync(dir, { recursive: true, force: true }));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk]);
      closing.push(() => execFileSync("umount", ["-l", disk]));
      const store = await openStore(disk);
      const scenarios = await trialDistrict(store);
      const { job_id } = await store.jobs.add({ scenario_id: scenarios.short, area: "facilities" });
      await store.jobs.requestCancel(job_id);
      await store.close();
      const port = await freePort();
      const embedded = api(port, { TRIVIUM_HOME: disk, REDIS_URL: "", DATABASE_URL: "" });
      await embedded.start();
      closing.push(() => embedded.kill());
      const url = `http://127.0.0.1:${port}`;
      const create = async () => {
        const { dataset_hash } = await (await fetch(`${url}/v1/scenarios/${scenarios.short}`)).json();
        const response = await fetch(`${url}/v1/scenarios`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ dataset_hash, name: "x".repeat(150) }),
        });
        return {
          status: response.status,
          retryAfter: response.headers.get("Retry-After"),
          body: await response.json(),
        };
      };
      const read = async () => (await fetch(`${url}/v1/jobs/${job_id}`)).status;
      return { disk, embedded, create, read };
    }

    test("a full disk: 507 with Retry-After, reads work, and with room again writes do, without a restart", async () => {
      const { disk, create, read, embedded } = await running();
      expect((await create()).status).toBe(201);
      const filler = join(disk, "filler");
      fill(filler, disk);
      let refused = await create();
      for (let i = 0; refused.status === 201 && i < 5000; i++) refused = await create();
      expect(refused).toMatchObject({
        status: 507,
        retryAfter: expect.stringMatching(/^\d+$/),
        body: { code: "store-full" },
      });
      expect(await read()).toBe(200);
      rmSync(filler);
      expect((await create()).status).toBe(201);
      expect(embedded.isAlive).toBe(true);
    });

    test("a read-only disk: reads work, writes are refused with what is wrong, and what was there is whole", async () => {
      const { disk, embedded, create, read } = await running();
      await embedded.kill();
      execFileSync("mount", ["-o", "remount,ro", disk]);
      await embedded.start();
      const refused = await create();
      expect(refused).toMatchObject({ status: 503, body: { code: expect.stringMatching(/^store-(read-only|away)$/) } });
      expect(await read()).toBe(200);
      await embedded.kill();
      execFileSync("mount", ["-o", "remount,rw", disk]);
      await embedded.start();
      expect((await create()).status).toBe(201);
    });
  },
);

function fill(path: string, disk: string): void {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(path, Buffer.alloc(bavail * bsize));
  } catch {
    // Full is what was wanted.
  }
}
