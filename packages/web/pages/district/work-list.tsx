import type { Finding } from "@trivium/model";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { EmptyState, ReadOnlyNotice } from "../../components/states.tsx";
import type { Findings } from "../../data/resources.ts";
import { useMay } from "../../data/session.tsx";
import { district } from "../../text/district.ts";
import { AcceptWarnings } from "./accept-warnings.tsx";
import { FindingKind, type Found } from "./finding-kind.tsx";

const text = district.work;
const AREAS = [
  "district",
  "roads",
  "scheduling",
  "routing",
  "facilities",
] as const satisfies readonly Finding["area"][];

/** The integrity report as work: kind by kind, each finding with its row, until everything is mended or accepted. */
export function WorkList({ hash, report }: { hash: string; report: Findings }) {
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const [accepting, setAccepting] = useState<readonly Found[]>([]);
  const onlyOpen = search.get("show") !== "all";
  const area = search.get("area") ?? "";
  const set = (name: string, value: string) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (value === "") next.delete(name);
      else next.set(name, value);
      return next;
    });
  if (report.findings.length === 0) return <EmptyState title={text.noneTitle}>{text.noneText}</EmptyState>;
  const shown = report.findings.filter(
    (finding) => (!onlyOpen || finding.acknowledgement === null) && (area === "" || finding.area === area),
  );
  const kinds = Map.groupBy(shown, ({ code }) => code);
  return (
    <div className="stack">
      <div className="notice" data-tone={report.open === 0 ? "good" : "warn"}>
        <p>{text.summary(report.open, report.warnings)}</p>
      </div>
      {!may("planner") && <ReadOnlyNotice roles="planner" />}
      <div className="form-row narrow no-print">
        <SelectField
          label={text.show}
          value={onlyOpen ? "" : "all"}
          onChange={(event) => set("show", event.target.value)}
          options={[
            ["", text.onlyOpen],
            ["all", text.everything],
          ]}
        />
        <SelectField
          label={text.area}
          value={area}
          onChange={(event) => set("area", event.target.value)}
          options={[["", text.allAreas], ...AREAS.map((each) => [each, text.areas[each]] as const)]}
        />
      </div>
      {kinds.size === 0 && <p className="muted">{text.nothingShown}</p>}
      {[...kinds].map(([code, findings]) => {
        const open = findings.filter(({ acknowledgement }) => acknowledgement === null);
        return (
          <FindingKind
            key={code}
            findings={findings}
            action={
              may("planner") &&
              open.length > 0 && <Button onClick={() => setAccepting(open)}>{text.acceptAll(open.length)}</Button>
            }
            actionOf={(finding) =>
              may("planner") &&
              finding.acknowledgement === null && (
                <Button look="small" onClick={() => setAccepting([finding])}>
                  {text.accept}
                </Button>
              )
            }
          />
        );
      })}
      {accepting.length > 0 && <AcceptWarnings hash={hash} findings={accepting} onClose={() => setAccepting([])} />}
    </div>
  );
}
