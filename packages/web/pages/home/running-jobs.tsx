import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Progress } from "../../components/progress.tsx";
import { queries } from "../../data/queries.ts";
import { common } from "../../text/common.ts";
import { home as text } from "../../text/home.ts";

const LOOK_AGAIN_MS = 3_000;

/** What is being solved; nothing at all where nothing is. */
export function RunningJobs() {
  const jobs = useQuery({
    ...queries.jobs(),
    refetchInterval: ({ state }) => (state.data?.some(({ ended_at }) => ended_at === null) ? LOOK_AGAIN_MS : false),
  });
  const running = jobs.data?.filter(({ ended_at }) => ended_at === null) ?? [];
  if (running.length === 0) return null;
  return (
    <section className="card" aria-label={text.running}>
      <h2>{text.running}</h2>
      {running.map((job) => (
        <div key={job.job_id}>
          <Link href={`/jobs/${job.job_id}`}>{common.areas[job.area]}</Link>
          <Progress label={job.progress?.phase ?? job.status} share={job.progress?.share ?? null} />
        </div>
      ))}
    </section>
  );
}
