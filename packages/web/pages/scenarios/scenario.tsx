import { useQuery } from "@tanstack/react-query";
import type { Area } from "@trivium/model";
import type { ComponentProps } from "react";
import { Link, useParams } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { ReadOnlyNotice } from "../../components/states.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import type { OpenedScenario } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { ago, short } from "../../format.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";
import { ChangeList } from "./change-list.tsx";
import { SolvePanel } from "./solve-panel.tsx";

const text = scenarios.one;

/** One scenario: what it changes, where it comes from, its solves and plans, and a new solve. */
export default function ScenarioPage() {
  const { scenarioId = "" } = useParams();
  const may = useMay();
  const scenario = useQuery(queries.scenario(scenarioId));
  return (
    <QueryState query={scenario}>
      {(found) => (
        <>
          <PageHead
            title={found.scenario.name}
            above={[{ name: scenarios.tree.title, href: "/scenarios" }]}
            actions={may("planner") && <ButtonLink href={`/scenarios/new?from=${scenarioId}`}>{text.copy}</ButtonLink>}
          >
            {text.made(ago(found.created_at))}
          </PageHead>
          <div className="stack">
            {may("planner") ? <SolvePanel scenario={found} /> : <ReadOnlyNotice roles="planner" />}
            <div className="columns">
              <Plans scenarioId={scenarioId} />
              <Solves scenarioId={scenarioId} />
              <About scenario={found} />
            </div>
          </div>
        </>
      )}
    </QueryState>
  );
}

function About({ scenario }: { scenario: OpenedScenario }) {
  const lineage = useQuery(queries.lineage(scenario.scenario_id));
  const { changes, settings } = scenario.scenario;
  const original = lineage.data?.line.find(({ scenario_id }) => scenario_id === scenario.from);
  return (
    <section className="card" aria-label={text.changes}>
      <h2>{text.changes}</h2>
      {changes.length === 0 ? <p className="muted">{text.noChanges}</p> : <ChangeList changes={changes} />}
      <dl className="facts">
        <dt>{text.of}</dt>
        <dd>
          <Link href={`/district/${scenario.dataset_hash}`}>
            <code>{short(scenario.dataset_hash)}</code>
          </Link>
        </dd>
        {scenario.from && (
          <>
            <dt>{text.from}</dt>
            <dd>
              <Link href={`/scenarios/${scenario.from}`}>{original?.name ?? short(scenario.from)}</Link>
            </dd>
          </>
        )}
        <dt>{text.settings}</dt>
        <dd>
          {Object.entries(settings)
            .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
            .join(", ") || text.default}
        </dd>
      </dl>
      {lineage.data && lineage.data.copies.length > 0 && (
        <>
          <h3>{text.copies}</h3>
          <ul>
            {lineage.data.copies.map(({ scenario_id, name, added }) => (
              <li key={scenario_id}>
                <Link href={`/scenarios/${scenario_id}`}>{name}</Link>
                <ChangeList changes={added} />
              </li>
            ))}
          </ul>
        </>
      )}
      {scenario.flags.length > 0 && (
        <>
          <h3>{text.flags}</h3>
          <ul>
            {scenario.flags.map(({ flag_id, kind, item_id, reason }) => (
              <li key={flag_id}>
                {kind} <code>{item_id}</code>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Plans({ scenarioId }: { scenarioId: string }) {
  const plans = useQuery(queries.plans(scenarioId));
  return (
    <section className="card" aria-label={text.plans}>
      <h2>{text.plans}</h2>
      <QueryState query={plans} lines={2}>
        {(found) =>
          found.length === 0 ? (
            <p className="muted">{text.noPlans}</p>
          ) : (
            <AreaLinks items={found.map(({ plan_id, ...item }) => ({ ...item, href: `/plans/${plan_id}` }))} />
          )
        }
      </QueryState>
    </section>
  );
}

const LOOK_AGAIN_MS = 3_000;

function Solves({ scenarioId }: { scenarioId: string }) {
  const jobs = useQuery({ ...queries.jobs(), refetchInterval: LOOK_AGAIN_MS });
  return (
    <section className="card" aria-label={text.jobs}>
      <h2>{text.jobs}</h2>
      <QueryState query={jobs} lines={2}>
        {(all) => {
          const found = all.filter(({ scenario_id }) => scenario_id === scenarioId);
          return found.length === 0 ? (
            <p className="muted">{text.noPlans}</p>
          ) : (
            <AreaLinks items={found.map(({ job_id, ...item }) => ({ ...item, href: `/jobs/${job_id}` }))} />
          );
        }}
      </QueryState>
    </section>
  );
}

interface AreaLink {
  readonly href: string;
  readonly area: Area;
  readonly status: ComponentProps<typeof StatusBadge>["status"];
  readonly created_at: string;
}

/** What was made for a scenario, by area: when, and how it stands. */
function AreaLinks({ items }: { items: readonly AreaLink[] }) {
  return (
    <ul className="stack-close">
      {items.map(({ href, area, status, created_at }) => (
        <li key={href} className="row spread">
          <Link href={href}>{common.areas[area]}</Link>
          <span className="row">
            <span className="small muted">{ago(created_at)}</span>
            <StatusBadge status={status} />
          </span>
        </li>
      ))}
    </ul>
  );
}
