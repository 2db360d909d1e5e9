import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { ButtonLink } from "../../components/button.tsx";
import { Badge } from "../../components/status-badge.tsx";
import { queries } from "../../data/queries.ts";
import type { DatasetResource } from "../../data/resources.ts";
import { ago } from "../../format.ts";
import { home as text } from "../../text/home.ts";

/** The district's newest data, how old it is, and what is open in it. */
export function DataCard({ dataset }: { dataset: DatasetResource }) {
  const findings = useQuery(queries.findings(dataset.dataset_hash));
  return (
    <section className="card" aria-label={text.data}>
      <div className="card-head">
        <h2>{text.data}</h2>
        {findings.data && (
          <Badge tone={findings.data.open === 0 ? "good" : "warn"}>{text.warnings(findings.data.open)}</Badge>
        )}
      </div>
      <p>
        <Link href={`/district/${dataset.dataset_hash}`}>{dataset.name}</Link> {dataset.school_year},{" "}
        <span className="muted">{text.dataAge(ago(dataset.created_at))}</span>
      </p>
      <div className="row no-print">
        <ButtonLink href={`/district/${dataset.dataset_hash}`}>{text.workList}</ButtonLink>
      </div>
    </section>
  );
}
