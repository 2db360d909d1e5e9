import { createRoute, z } from "@hono/zod-openapi";
import type { Job, JobStatus } from "@trivium/model";
import type { JobEvent } from "@trivium/store";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { currentActor } from "../actor.ts";
import type { Api, ApiParts } from "../api.ts";
import { disguiseFor } from "../privacy/students.ts";
import { found } from "../problem.ts";
import { problems } from "../responses.ts";
import { jobId } from "../schemas/job.ts";

/** Events are read from the store, so it does not matter which process solves. */
const POLL_MS = 250;
/** A comment now and then keeps proxies from closing a quiet stream. */
const QUIET_MS = 15_000;
const ENDED: ReadonlySet<JobStatus> = new Set<JobStatus>(["succeeded", "failed", "cancelled"]);

const endpoint = createRoute({
  method: "get",
  path: "/v1/jobs/{job_id}/events",
  tags: ["jobs"],
  summary: "Follow a job",
  description:
    "Server-sent events until the job has ended: `status` carries the job, `progress` its progress. Every event has an id; a client that comes back with Last-Event-ID gets what it missed. 204 when the job has ended and nothing was missed.",
  request: {
    params: jobId,
    headers: z.object({
      "last-event-id": z.coerce.number().int().min(0).default(0).describe("id of the last event that was received"),
    }),
  },
  responses: {
    200: { description: "the stream", content: { "text/event-stream": { schema: z.string() } } },
    204: { description: "the job has ended, and there is nothing more" },
    ...problems(404, 422),
  },
});

export function followJob(api: Api, { store, stopping }: ApiParts): void {
  api.openapi(endpoint, async (c) => {
    const { job_id } = c.req.valid("param");
    let last = c.req.valid("header")["last-event-id"];
    const job = found(await store.jobs.get(job_id), "job", job_id);
    const disguise = await disguiseFor(store, currentActor(c));
    const eventsAfter = async (seq: number) => {
      const events = await store.jobs.events(job_id, seq);
      return disguise ? disguise.told(events) : events;
    };
    const missed = await eventsAfter(last);
    if (missed.length === 0 && ENDED.has(job.status)) return c.body(null, 204);
    return streamSSE(c, async (stream) => {
      let events = missed;
      let quietSince = Date.now();
      for (;;) {
        await send(stream, events);
        last = events.at(-1)?.seq ?? last;
        if (events.some(isEnd)) return;
        if (events.length > 0) quietSince = Date.now();
        else if (Date.now() - quietSince > QUIET_MS) {
          await stream.write(": still here\n\n");
          quietSince = Date.now();
        }
        await stream.sleep(POLL_MS);
        if (stream.aborted || stream.closed || stopping?.aborted) return;
        events = await eventsAfter(last);
      }
    });
  });
}

const isEnd = ({ kind, data }: JobEvent): boolean => kind === "status" && ENDED.has((data as Job).status);

async function send(stream: SSEStreamingApi, events: readonly JobEvent[]): Promise<void> {
  for (const { seq, kind, data } of events)
    await stream.writeSSE({ id: String(seq), event: kind, data: JSON.stringify(data) });
}
