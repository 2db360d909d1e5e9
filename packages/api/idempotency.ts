import { sha256 } from "@trivium/model";
import type { Replies, Reply } from "@trivium/store";
import type { MiddlewareHandler } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import { actorOf } from "./actor.ts";
import { ProblemError } from "./problem.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Under which the answer to this call is kept, where it came with an Idempotency-Key. */
    readonly replyKey: string | undefined;
  }
}

/** Longer keys are no keys. */
const KEY_MAX = 255;
/** The same call that is still at work elsewhere is waited for this long, then told to come back. */
const WAIT_MS = 10_000;
const POLL_MS = 100;
/** A call in hand says so this often; one that has fallen silent died with its process, and its key is free again soon. */
const ALIVE_MS = 4_000;

/**
 * A creating call with an Idempotency-Key is done once, in whichever process: the same call again gets the first one's answer, another
 * under the same key is refused. A call that failed leaves its key free.
 */
export function idempotent(replies: Replies): MiddlewareHandler {
  return async (c, next) => {
    const key = c.req.header("Idempotency-Key");
    if (c.req.method !== "POST" || key === undefined || !c.get("actor")) return next();
    if (key === "" || key.length > KEY_MAX)
      throw new ProblemError(422, "bad-idempotency-key", `an Idempotency-Key has 1 to ${KEY_MAX} characters`);
    const owned = `${actorOf(c)}\n${key}`;
    const hash = await requestHash(c.req.raw);
    const given = await answerOf(replies, owned, hash);
    if (given) {
      c.res = new Response(given.body, {
        status: given.status as StatusCode,
        headers: { "Content-Type": "application/json", ...(given.location ? { Location: given.location } : {}) },
      });
      return;
    }
    c.set("replyKey", owned);
    let kept = false;
    const beating = setInterval(() => void replies.alive(owned).catch(() => {}), ALIVE_MS);
    try {
      await next();
      // What is shown once is kept nowhere.
      if (!c.res.ok || c.res.headers.get("Cache-Control") === "no-store") return;
      const { status, headers } = c.res;
      const body = await c.res.clone().text();
      await replies.answer(owned, { request_hash: hash, status, location: headers.get("Location"), body });
      kept = true;
    } finally {
      clearInterval(beating);
      if (!kept) await replies.release(owned).catch(() => {});
    }
  };
}

/** The answer that was given under this key; undefined where the key is now this call's to answer. */
async function answerOf(replies: Replies, key: string, hash: string): Promise<Reply | undefined> {
  for (const until = Date.now() + WAIT_MS; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    const known = await replies.reserve(key, hash);
    if (known === undefined) return undefined;
    if (known.request_hash !== hash)
      throw new ProblemError(422, "idempotency-key-reused", "this Idempotency-Key was used for another call");
    if (known.status !== 0) return known;
    if (Date.now() > until)
      throw new ProblemError(409, "still-at-work", "the same call is still being answered", {}, { "Retry-After": "5" });
  }
}

/** Method, path and body; the boundary of a form differs between two sendings of the same. */
async function requestHash(request: Request): Promise<string> {
  const body = Buffer.from(await request.clone().arrayBuffer());
  const boundary = /boundary="?([^";]+)/.exec(request.headers.get("Content-Type") ?? "")?.[1];
  const content = boundary ? body.toString("latin1").split(boundary).join("") : body;
  return sha256(`${request.method} ${new URL(request.url).pathname} ${sha256(content)}`);
}
