import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { decimal, percent, usd, usdShort } from "../../../format.ts";
import { common } from "../../../text/common.ts";
import { facilities } from "../../../text/facilities.ts";
import type { Project, Year } from "../register.ts";

const text = facilities.plan;
/** Projects listed in a column: the dearest. */
const SHOWN = 80;

interface Props {
  readonly year: Year;
  /** What one more dollar in this year would save. */
  readonly dollar: number;
  readonly projects: readonly Project[];
  readonly typeOf: (asset: string) => string;
  readonly picked: Project | null;
  readonly onPick: (project: Project) => void;
  readonly onTarget: (year: number) => void;
}

/** A year of the plan: its money, its risk, the price of its dollar, and its projects. */
export function YearColumn({ year, dollar, projects, typeOf, picked, onPick, onTarget }: Props) {
  const [over, setOver] = useState(false);
  const { fiscal_year, spend_usd, budget_usd, expected_failures, expected_emergency_usd, fci } = year;
  const may = picked !== null && picked.fiscal_year !== fiscal_year;
  const sorted = projects.toSorted((a, b) => (b.cost_usd ?? 0) - (a.cost_usd ?? 0));
  return (
    <section
      className="year"
      data-over={over && may}
      aria-label={String(fiscal_year)}
      onDragOver={(event) => {
        if (!may) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (may) onTarget(fiscal_year);
      }}
    >
      <h2>{fiscal_year}</h2>
      <div className="year-meter" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * spend_usd) / Math.max(budget_usd, 1))}%` }} />
      </div>
      <ul className="small muted">
        <li>
          {spend_usd > budget_usd
            ? text.carried(usdShort(spend_usd), usdShort(spend_usd - budget_usd))
            : text.budget(usdShort(spend_usd), usdShort(budget_usd))}
        </li>
        <li>
          {text.failures(decimal(expected_failures))}, {text.emergency(usdShort(expected_emergency_usd))}
        </li>
        <li>{text.fci(percent(fci))}</li>
        <li>{text.dollar(`$${decimal(dollar, 2)}`)}</li>
        <li>{text.projects(projects.length)}</li>
      </ul>
      {may && (
        <Button look={["main", "small"]} onClick={() => onTarget(fiscal_year)}>
          {text.toYear(fiscal_year)}
        </Button>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="year-projects" tabIndex={0} aria-label={text.projects(projects.length)}>
        {sorted.slice(0, SHOWN).map((project) => (
          <button
            key={project.asset_id}
            type="button"
            draggable
            className="project"
            title={project.reason}
            aria-pressed={picked?.asset_id === project.asset_id}
            onClick={() => onPick(project)}
            onDragStart={(event) => {
              event.dataTransfer.setData("text/plain", project.asset_id);
              if (picked !== project) setTimeout(() => onPick(project));
            }}
          >
            <span className="row spread">
              <strong>{project.asset_id}</strong> {usd(project.cost_usd ?? 0)}
            </span>
            <span className="muted">
              {typeOf(project.asset_id)}, {project.school_id}
            </span>
          </button>
        ))}
        {sorted.length > SHOWN && <p className="small muted">{common.andMore(sorted.length - SHOWN)}</p>}
      </section>
    </section>
  );
}
