import { access, constants, mkdir, statfs } from "node:fs/promises";
import { openCarrier } from "@trivium/jobs";
import { type Command, EXIT, JSON_OPTION } from "../command.ts";
import { type Environment, readEnvironment } from "../environment.ts";
import { openStoreOf } from "../platform.ts";

/** One thing that must be in order: throws what is not; `mend` says what to do about it. */
interface Check {
  readonly name: string;
  readonly mend: string;
  run(environment: Environment): Promise<string>;
}

const FREE_MIN_GB = 1;
const OSRM_TIMEOUT_MS = 3000;

const CHECKS: readonly Check[] = [
  {
    name: "Node",
    mend: "install Node 24 or newer, or start with `npm start`, which brings it",
    async run() {
      if (Number(process.versions.node.split(".")[0]) < 24) throw new Error(`is ${process.versions.node}`);
      return process.versions.node;
    },
  },
  {
    name: "disk",
    mend: "free some space, or set TRIVIUM_HOME to a larger disk",
    async run({ TRIVIUM_HOME }) {
      await mkdir(TRIVIUM_HOME, { recursive: true });
      await access(TRIVIUM_HOME, constants.W_OK);
      const { bavail, bsize } = await statfs(TRIVIUM_HOME);
      const free = (bavail * bsize) / 2 ** 30;
      if (free < FREE_MIN_GB) throw new Error(`${free.toFixed(2)} GB are free in ${TRIVIUM_HOME}`);
      return `${free.toFixed(0)} GB are free in ${TRIVIUM_HOME}`;
    },
  },
  {
    name: "database",
    mend: "look after DATABASE_URL and whether Postgres runs; a damaged file is replaced by `trivium restore`",
    async run(environment) {
      const store = await openStoreOf(environment);
      try {
        return await store.check();
      } finally {
        await store.close();
      }
    },
  },
  {
    name: "audit log",
    mend: "`trivium audit verify` names what was changed; restore the last backup beside it and compare",
    async run(environment) {
      const store = await openStoreOf(environment);
      try {
        const { ok, entries, problems } = await store.audit.verify();
        if (!ok) throw new Error(`${problems.length} problem(s)`);
        return `${entries} entries, unbroken`;
      } finally {
        await store.close();
      }
    },
  },
  {
    name: "Redis",
    mend: "look after REDIS_URL and whether Redis runs; without REDIS_URL this process carries the work itself",
    async run({ REDIS_URL }) {
      if (REDIS_URL === undefined) return "not used";
      const carrier = await openCarrier({ redisUrl: REDIS_URL });
      try {
        await carrier.ping();
        return "answers";
      } finally {
        await carrier.close();
      }
    },
  },
  {
    name: "OSRM",
    mend: "look after OSRM_URL and whether OSRM runs; without OSRM_URL the embedded road engine answers",
    async run({ OSRM_URL }) {
      if (OSRM_URL === undefined) return "not used";
      const url = `${OSRM_URL.replace(/\/+$/, "")}/nearest/v1/driving/0,0`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(OSRM_TIMEOUT_MS), redirect: "error" });
      const { code } = (await answer.json()) as { code?: string };
      if (typeof code !== "string") throw new Error("what answers is no OSRM");
      return "answers";
    },
  },
  {
    name: "map cache",
    mend: "make TRIVIUM_CACHE a folder that this user may write to; what lies there can be made again",
    async run({ TRIVIUM_CACHE }) {
      await mkdir(TRIVIUM_CACHE, { recursive: true });
      await access(TRIVIUM_CACHE, constants.W_OK);
      return TRIVIUM_CACHE;
    },
  },
];

export const doctor: Command = {
  name: "doctor",
  grammar: "[--json]",
  summary: "Checks what Trivium needs to work, and says how to mend what is not in order.",
  options: { ...JSON_OPTION },
  async run(_positionals, values, terminal) {
    const environment = readEnvironment();
    const found: { name: string; ok: boolean; detail: string; mend?: string }[] = [];
    for (const { name, mend, run } of CHECKS) {
      try {
        found.push({ name, ok: true, detail: await run(environment) });
      } catch (error) {
        found.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error), mend });
      }
    }
    const lines = found.map(
      ({ name, ok, detail, mend }) => `${ok ? "ok " : "BAD"}  ${name}: ${detail}${mend ? `\n     → ${mend}` : ""}`,
    );
    terminal.print(values.json ? JSON.stringify(found, null, 2) : lines.join("\n"));
    return found.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
  },
};
