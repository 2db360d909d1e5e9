import type { Plan } from "@trivium/model";
import { Link } from "wouter";
import { DataTable, type TableColumn } from "../../../components/data-table.tsx";
import { duration, plain, short, whole } from "../../../format.ts";
import { scenarios } from "../../../text/scenarios.ts";
import { ChangeList } from "../change-list.tsx";

const text = scenarios.plan;

/** Everything that the plan says of itself: all figures, the verifier's rules, and what would make it again. */
export function Details({ plan }: { plan: Plan }) {
  const { verification } = plan;
  const metrics = Object.entries(plan.metrics).map(([name, value]) => ({
    name,
    value,
    recomputed: verification?.figures[name],
    agrees: verification?.ok ?? false,
  }));
  const rules = Object.entries(verification?.checked ?? {}).map(([rule, times]) => ({ rule, times }));
  return (
    <div className="stack">
      {verification && verification.violations.length > 0 && (
        <div className="card card-flush">
          <DataTable
            label={text.violations}
            columns={VIOLATIONS}
            rows={verification.violations}
            rowId={(row) => JSON.stringify(row)}
          />
        </div>
      )}
      <div className="columns">
        <section className="card" aria-label={text.provenance}>
          <h2>{text.provenance}</h2>
          <Provenance plan={plan} />
        </section>
        <div className="card card-flush">
          <DataTable label={text.rules} columns={RULES} rows={rules} rowId={({ rule }) => rule} maxHeight="380px" />
        </div>
      </div>
      <div className="card card-flush">
        <DataTable label={text.all} columns={METRICS} rows={metrics} rowId={({ name }) => name} />
      </div>
    </div>
  );
}

function Provenance({ plan }: { plan: Plan }) {
  return (
    <>
      <dl className="facts">
        <dt>{text.dataset}</dt>
        <dd>
          <Link href={`/district/${plan.dataset_hash}`}>
            <code>{short(plan.dataset_hash)}</code>
          </Link>
        </dd>
        <dt>{text.scenario}</dt>
        <dd>{plan.scenario.name}</dd>
        <dt>{text.seed}</dt>
        <dd>{plan.seed}</dd>
        <dt>{text.iterations}</dt>
        <dd>{whole(plan.iterations)}</dd>
        <dt>{text.threads}</dt>
        <dd>{plan.threads}</dd>
        <dt>{text.elapsed}</dt>
        <dd>{duration(plan.elapsed_s)}</dd>
        <dt>{text.hash}</dt>
        <dd>
          <code>{plan.provenance.plan_hash}</code>
        </dd>
        <dt>{text.version}</dt>
        <dd>{plan.trivium_version}</dd>
        {plan.provenance.roads && (
          <>
            <dt>{text.roads}</dt>
            <dd>
              {plan.provenance.roads.engine}, {plan.provenance.roads.profile}
            </dd>
          </>
        )}
      </dl>
      {plan.scenario.changes.length > 0 && <ChangeList changes={plan.scenario.changes} />}
    </>
  );
}

interface Metric {
  readonly name: string;
  readonly value: Plan["metrics"][string];
  readonly recomputed: Plan["metrics"][string] | undefined;
  /** The verifier found every figure the same but for rounding. */
  readonly agrees: boolean;
}
const shown = (value: Metric["value"] | undefined) => (typeof value === "number" ? plain(value) : String(value ?? ""));

const METRICS: readonly TableColumn<Metric>[] = [
  { id: "name", header: text.name, value: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { id: "value", header: text.value, align: "end", value: ({ value }) => value, cell: ({ value }) => shown(value) },
  {
    id: "recomputed",
    header: text.recomputed,
    align: "end",
    value: ({ recomputed }) => recomputed,
    cell: ({ value, recomputed, agrees }) =>
      recomputed === undefined ? "" : recomputed === value || agrees ? text.same : shown(recomputed),
  },
];
const RULES: readonly TableColumn<{ rule: string; times: number }>[] = [
  { id: "rule", header: text.rule, value: ({ rule }) => rule, cell: ({ rule }) => <code>{rule}</code> },
  { id: "times", header: text.times, align: "end", value: ({ times }) => times },
];
const VIOLATIONS: readonly TableColumn<NonNullable<Plan["verification"]>["violations"][number]>[] = [
  { id: "rule", header: text.rule, value: ({ rule }) => rule, cell: ({ rule }) => <code>{rule}</code> },
  { id: "message", header: text.violation, value: ({ message }) => message, wide: true },
];
