import { request as plain } from "node:http";
import { request as secure } from "node:https";
import type { LookupFunction } from "node:net";
import type { Targets } from "./target.ts";

interface Delivery {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of a delivery: the receiver's status, or why there is none. Nothing that the receiver said is kept. */
type Outcome = { readonly status: number } | { readonly error: string };

export type Send = (delivery: Delivery) => Promise<Outcome>;

/** A receiver has this long, from the name's look-up to its status. */
const TIMEOUT_MS = 10_000;

/**
 * Sends to the addresses that were judged, and to no others: redirects are not followed, the name is not looked up again, no
 * connection is used twice, and the answer's body is not read.
 */
export function sendTo(targets: Targets, timeoutMs = TIMEOUT_MS): Send {
  return async ({ url, body, headers }) => {
    const late = AbortSignal.timeout(timeoutMs);
    try {
      const target = new URL(url);
      const addresses = await Promise.race([targets.judge(target), ended(late)]);
      const lookup: LookupFunction = (_host, options, found) =>
        options.all
          ? found(
              null,
              addresses.map(({ address, family }) => ({ address, family })),
            )
          : found(null, addresses[0].address, addresses[0].family);
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
      const call = (target.protocol === "https:" ? secure : plain)(target, {
        method: "POST",
        agent: false,
        lookup,
        signal: late,
        headers: {
          ...headers,
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(body),
          "User-Agent": "Trivium-Webhook",
        },
      });
      call.once("error", reject).once("response", (response) => {
        resolve({ status: response.statusCode ?? 0 });
        response.destroy();
      });
      call.end(body);
      return await promise;
    } catch (error) {
      return { error: late.aborted ? "timed-out" : codeOf(error) };
    }
  };
}

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

/** Only the code: a message may hold what the receiver or its network said. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^[\w-]{1,60}$/.test(code) ? code : "failed";
}
