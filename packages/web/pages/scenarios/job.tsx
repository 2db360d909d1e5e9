import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Job, Progress as Told } from "@trivium/model";
import { useEffect, useState } from "react";
import { useParams } from "wouter";
import { Button, ButtonLink } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Progress } from "../../components/progress.tsx";
import { ErrorState, LoadingState, ProblemNotice } from "../../components/states.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { client } from "../../data/client.ts";
import { useJob } from "../../data/follow.ts";
import { queries } from "../../data/queries.ts";
import { useMay } from "../../data/session.tsx";
import { duration, plain, whole } from "../../format.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";
import { SearchChart } from "./search-chart.tsx";

const text = scenarios.job;
/** Before that much of the search is over, nobody can say how long the rest takes. */
const SHARE_THAT_TELLS = 0.02;

/** A solve as it runs: best so far, what is proven, how long still; it can be stopped and keeps its best. */
export default function JobPage() {
  const { jobId = "" } = useParams();
  const { job, history, error } = useJob(jobId);
  const queryClient = useQueryClient();
  const ended = job?.ended_at ?? null;
  useEffect(() => {
    if (ended !== null) void queryClient.invalidateQueries({ queryKey: ["plans"] });
  }, [ended, queryClient]);
  if (error) return <ErrorState error={error} />;
  if (!job) return <LoadingState />;
  return <Followed job={job} history={history} />;
}

function Followed({ job, history }: { job: Job; history: readonly Told[] }) {
  const scenario = useQuery(queries.scenario(job.scenario_id));
  const told = history.at(-1) ?? job.progress;
  return (
    <>
      <PageHead
        title={text.title(common.areas[job.area])}
        above={[
          { name: scenarios.tree.title, href: "/scenarios" },
          { name: scenario.data?.scenario.name ?? "…", href: `/scenarios/${job.scenario_id}` },
        ]}
        actions={<Actions job={job} />}
      >
        <StatusBadge status={job.status} /> {job.attempt > 1 && text.attempt(job.attempt)}
      </PageHead>
      <div className="stack">
        <Outcome job={job} />
        {job.ended_at === null &&
          (job.status === "queued" ? (
            <Progress label={text.waiting} share={null} />
          ) : (
            <Progress label={told?.phase ?? text.phase} share={told?.share ?? null} />
          ))}
        <section className="card" aria-label={text.best} aria-live="off">
          <Numbers job={job} history={history} />
          {history.some(({ best }) => best !== null) && <SearchChart history={history} />}
        </section>
      </div>
    </>
  );
}

/** The last that was told of each: a solve that ends says of its last steps only how far they are. */
function lastTold(job: Job, history: readonly Told[]) {
  const all = job.progress === null ? history : [...history, job.progress];
  const best = all.findLast((each) => each.best !== null);
  return { best, bound: all.findLast((each) => each.bound !== null)?.bound, last: all.at(-1) };
}

function Numbers({ job, history }: { job: Job; history: readonly Told[] }) {
  const now = useNow(job.ended_at === null);
  const { best, bound, last } = lastTold(job, history);
  const started = job.started_at === null ? null : Date.parse(job.started_at);
  const elapsed = started === null ? null : ((job.ended_at ? Date.parse(job.ended_at) : now) - started) / 1000;
  const share = history.at(-1)?.share ?? 0;
  const left = elapsed !== null && share > SHARE_THAT_TELLS ? (elapsed / share) * (1 - share) : null;
  const iterations = Math.max(0, last?.iterations ?? 0, ...history.map((each) => each.iterations));
  const facts: (readonly [string, string, string?])[] = [
    [
      text.best,
      best?.best == null ? common.none : plain(best.best),
      best?.best_label.replaceAll("_", " ") ?? text.noBest,
    ],
    [text.bound, bound == null ? common.none : plain(bound), bound == null ? text.noBound : undefined],
    [text.elapsed, elapsed === null ? common.none : duration(elapsed)],
    ...(job.ended_at === null && left !== null ? [[text.left, duration(left), text.about] as const] : []),
    ...(iterations > 0 ? [[text.iterations, whole(iterations)] as const] : []),
  ];
  return (
    <dl className="figures figures-wide">
      {facts.map(([name, value, note]) => (
        <div key={name} className="figure">
          <dt className="figure-label">{name}</dt>
          <dd className="figure-value">{value}</dd>
          {note && <dd className="figure-note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

function Outcome({ job }: { job: Job }) {
  if (job.status === "failed")
    return (
      <div className="notice" data-tone="bad" role="alert">
        <p>{text.ended.failed}</p>
        <p>
          {job.error?.message} <code>{job.error?.code}</code>
        </p>
      </div>
    );
  if (job.status !== "succeeded" && job.status !== "cancelled") return null;
  return (
    <div className="notice" data-tone={job.status === "succeeded" ? "good" : "warn"} role="status">
      <p>{job.plan_id === null ? text.cancelledNoPlan : text.ended[job.status]}</p>
    </div>
  );
}

function Actions({ job }: { job: Job }) {
  const may = useMay();
  const stop = useMutation({ mutationFn: () => client.cancel(job.job_id) });
  if (job.plan_id)
    return (
      <>
        <ButtonLink href={`/compare?a=today&b=${job.plan_id}`}>{text.compare}</ButtonLink>
        <ButtonLink look="main" href={`/plans/${job.plan_id}`}>
          {text.open}
        </ButtonLink>
      </>
    );
  if (job.ended_at !== null) return <ButtonLink href={`/scenarios/${job.scenario_id}`}>{text.again}</ButtonLink>;
  if (stop.isError) return <ProblemNotice error={stop.error} />;
  if (job.cancel_requested || stop.isSuccess) return <span role="status">{text.stopping}</span>;
  return may("planner") ? (
    <Button look="danger" disabled={stop.isPending} onClick={() => stop.mutate()}>
      {text.stop}
    </Button>
  ) : null;
}

const SECOND_MS = 1000;

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
