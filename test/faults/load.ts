import type { Job } from "../../packages/model/index.ts";

export interface Submissions {
  readonly accepted: readonly string[];
  readonly refused: number;
  /** Refusals that did not say when to come again. */
  readonly unsaid: number;
  /** Answers of any other kind: each is a failure. */
  readonly failed: readonly string[];
  readonly tookS: number;
  readonly slowestMs: number;
}

/** So many solves asked for in so many seconds, evenly, whatever the answers take. */
export async function submissions(
  url: string,
  scenarioId: string,
  count: number,
  seconds: number,
): Promise<Submissions> {
  const accepted: string[] = [];
  const failed: string[] = [];
  let refused = 0;
  let unsaid = 0;
  let slowestMs = 0;
  const ask = async () => {
    const beganMs = performance.now();
    const response = await fetch(`${url}/v1/solves`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ scenario_id: scenarioId, area: "facilities" }),
    }).catch((error) => new Response(String(error.cause ?? error), { status: 599 }));
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
    if (response.status === 202) accepted.push(((await response.json()) as Job).job_id);
    else if (response.status === 429) {
      refused++;
      if (!/^\d+$/.test(response.headers.get("Retry-After") ?? "")) unsaid++;
      await response.body?.cancel();
    } else failed.push(`${response.status} ${await response.text()}`);
  };
  const beganMs = performance.now();
  await evenly(count, seconds, ask);
  return { accepted, refused, unsaid, failed, tookS: (performance.now() - beganMs) / 1000, slowestMs };
}

export interface Reads {
  readonly count: number;
  readonly failed: number;
  /** Milliseconds from when each was due to when it was answered whole. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Reads at a steady pace, the paths in turn; a late one counts from when it was due. */
export async function reads(url: string, paths: readonly string[], perSecond: number, seconds: number): Promise<Reads> {
  const tookMs: number[] = [];
  let failed = 0;
  let next = 0;
  await evenly(perSecond * seconds, seconds, async (dueMs) => {
    const response = await fetch(url + paths[next++ % paths.length]).catch(() => undefined);
    await response?.arrayBuffer();
    if (!response?.ok) failed++;
    tookMs.push(performance.now() - dueMs);
  });
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(share * tookMs.length))];
  return { count: tookMs.length, failed, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** Calls `act` so many times, spread evenly over the seconds, without waiting for one to end; returns when all have. */
async function evenly(count: number, seconds: number, act: (dueMs: number) => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  const acting: Promise<void>[] = [];
  while (acting.length < count) {
    const dueMs = beganMs + (acting.length * seconds * 1000) / count;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    acting.push(act(dueMs));
  }
  await Promise.all(acting);
}
