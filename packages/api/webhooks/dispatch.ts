import type { Store } from "@trivium/store";
import type { Send } from "./send.ts";
import { signedHeaders } from "./signature.ts";

/** Minutes after which a delivery that failed is tried again; after the last it is given up. */
const RETRY_MIN = [0.1, 0.5, 2, 10, 60, 360, 1440] as const;
const EVERY_MS = 1000;
const AT_ONCE = 20;

/** Looks for events that someone wants to hear of and delivers them, each by one process at a time; `stop` waits for what is under way. */
export function startDispatch(
  store: Store,
  send: Send,
  { now = () => new Date(), everyMs = EVERY_MS }: { now?: () => Date; everyMs?: number } = {},
): { stop(): Promise<void> } {
  let round: Promise<void> | undefined;
  const timer = setInterval(() => {
    round ??= dispatched(store, send, now)
      // The store is away: the next round finds what this one did not.
      .catch(() => {})
      .finally(() => {
        round = undefined;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

/** One round. */
export async function dispatched(store: Store, send: Send, now: () => Date = () => new Date()): Promise<void> {
  await store.webhooks.collect();
  const due = await store.webhooks.take(AT_ONCE);
  await Promise.all(
    due.map(async ({ delivery_id, attempts, url, secret, body }) => {
      const outcome = await send({ url, body, headers: signedHeaders(secret, delivery_id, body, now()) });
      const delivered = "status" in outcome && outcome.status >= 200 && outcome.status < 300;
      const retryMin = delivered ? undefined : RETRY_MIN[attempts - 1];
      const nextMs = retryMin === undefined ? null : now().getTime() + retryMin * 60_000;
      await store.webhooks.tried(delivery_id, {
        delivered,
        nextMs,
        outcome: "status" in outcome ? `http-${outcome.status}` : outcome.error,
      });
    }),
  );
}
