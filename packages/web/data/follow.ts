import type { Job, Progress } from "@trivium/model";
import { useEffect, useState } from "react";
import { client } from "./client.ts";

export interface Followed {
  readonly job: Job | undefined;
  /** Every progress that came, in order; of a stream that was taken up again, the earlier ones too. */
  readonly history: readonly Progress[];
  readonly error: unknown;
}

const NOTHING: Followed = { job: undefined, history: [], error: null };

/** Follows a job by server-sent events until it ends or the page is left. */
export function useJob(jobId: string): Followed {
  const [followed, setFollowed] = useState<Followed>(NOTHING);
  useEffect(() => {
    const leaving = new AbortController();
    setFollowed(NOTHING);
    const follow = async () => {
      const job = await client.job(jobId);
      setFollowed((now) => ({ ...now, job }));
      for await (const event of client.follow(jobId, leaving.signal)) {
        if (leaving.signal.aborted) return;
        setFollowed((now) =>
          event.kind === "status" ? { ...now, job: event.job } : { ...now, history: [...now.history, event.progress] },
        );
      }
      const ended = await client.job(jobId);
      setFollowed((now) => ({ ...now, job: ended }));
    };
    follow().catch((error) => {
      if (!leaving.signal.aborted) setFollowed((now) => ({ ...now, error }));
    });
    return () => leaving.abort();
  }, [jobId]);
  return followed;
}
