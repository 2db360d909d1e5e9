import { useQuery } from "@tanstack/react-query";
import type { Plan } from "@trivium/model";
import { useState } from "react";
import { Link } from "wouter";
import { queries } from "../data/queries.ts";
import { decimal, percent, plain, short, usd, usdShort, whole } from "../format.ts";
import { common } from "../text/common.ts";
import { type FigureText, provenance, type Unit } from "../text/figures.ts";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icons.tsx";
import { QueryState } from "./query-state.tsx";

/** A value as its unit is written: the number, and the unit behind it where that is a word. */
export function written(value: number, unit: Unit): readonly [number: string, unit: string] {
  switch (unit) {
    case "share":
      return [decimal(value * 100, 1), "%"];
    case "usd":
      return [usdShort(value), ""];
    case "count":
      return [whole(value), ""];
    case "number":
      return [plain(value), ""];
    case "m":
      return [whole(value), "m"];
    default:
      return [decimal(value, unit === "min" ? 1 : 0), unit];
  }
}

export const writtenPlain = (value: number, unit: Unit): string =>
  unit === "share" ? percent(value) : unit === "usd" ? usd(value) : written(value, unit).join(" ").trim();

interface FigureProps {
  readonly text: FigureText;
  readonly value: number | null;
  /** Beside it: today's, or a difference. */
  readonly note?: string;
  readonly tone?: "good" | "bad";
  /** The plan and the name of the figure there: asks where it comes from. */
  readonly from?: { readonly planId: string; readonly metric: string };
}

/** A number with its unit, its name, and where it comes from. */
export function Figure({ text, value, note, tone, from }: FigureProps) {
  const [asked, setAsked] = useState(false);
  const [number, unit] = value === null ? [common.none, ""] : written(value, text.unit);
  return (
    <div className="figure">
      <span className="figure-label">
        {text.label}
        {from && (
          <button
            type="button"
            className="figure-why no-print"
            aria-label={common.whereFrom(text.label)}
            onClick={() => setAsked(true)}
          >
            <Icon name="question" size={16} />
          </button>
        )}
      </span>
      <span className="figure-value">
        {number}
        {unit && <span className="figure-unit"> {unit}</span>}
      </span>
      {note && (
        <span className="figure-note" data-tone={tone}>
          {note}
        </span>
      )}
      {asked && from && <Provenance text={text} {...from} onClose={() => setAsked(false)} />}
    </div>
  );
}

function Provenance({
  text,
  planId,
  metric,
  onClose,
}: {
  text: FigureText;
  planId: string;
  metric: string;
  onClose: () => void;
}) {
  const plan = useQuery(queries.plan(planId));
  return (
    <Dialog title={provenance.title(text.label)} onClose={onClose}>
      <p>{text.how}</p>
      <QueryState query={plan}>
        {(found) => <Sources plan={found} planId={planId} metric={metric} unit={text.unit} />}
      </QueryState>
    </Dialog>
  );
}

function Sources({ plan, planId, metric, unit }: { plan: Plan; planId: string; metric: string; unit: Unit }) {
  const value = plan.metrics[metric];
  const recomputed = plan.verification?.figures[metric];
  const bound = plan.bound?.objective === metric ? plan.bound : null;
  const shown = (each: unknown) => (typeof each === "number" ? writtenPlain(each, unit) : String(each));
  return (
    <dl className="facts">
      <dt>{provenance.value}</dt>
      <dd>{shown(value)}</dd>
      <dt>{provenance.metric}</dt>
      <dd>
        <code>{metric}</code>
      </dd>
      <dt>{provenance.verified}</dt>
      <dd>
        {recomputed === undefined
          ? provenance.notRecomputed
          : recomputed === value || plan.verification?.ok
            ? provenance.verifiedSame
            : provenance.verifiedOther(shown(recomputed))}
      </dd>
      {bound && (
        <>
          <dt>{provenance.bound}</dt>
          <dd>
            {provenance.boundText(shown(bound.best_possible), percent(bound.gap, 2))}
            <br />
            <span className="small muted">{bound.proof}</span>
          </dd>
        </>
      )}
      <dt>{provenance.plan}</dt>
      <dd>
        <Link href={`/plans/${planId}`}>{plan.scenario.name}</Link>{" "}
        <code>{plan.provenance.plan_hash.slice(0, 12)}</code>
      </dd>
      <dt>{provenance.dataset}</dt>
      <dd>
        <Link href={`/district/${plan.dataset_hash}`}>
          <code>{short(plan.dataset_hash)}</code>
        </Link>
      </dd>
      <dt>{provenance.madeBy}</dt>
      <dd>{provenance.solver(plan.trivium_version, plan.seed, whole(plan.iterations))}</dd>
    </dl>
  );
}
