import { useQuery } from "@tanstack/react-query";
import type { AnalysisAnswer } from "@trivium/model";
import { type CSSProperties, useMemo } from "react";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { EmptyState } from "../../components/states.tsx";
import { client } from "../../data/client.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { decimal, percent } from "../../format.ts";
import { scheduling } from "../../text/scheduling.ts";
import type { School } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";

const text = scheduling.conflicts;
type Pair = AnalysisAnswer["conflicts"][number];
/** Courses in the matrix: as many as can be read beside each other. */
const SHOWN = 36;

/** Which courses collide, by how many students ask for both. */
export default function ConflictsPage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(plan, school) => <Conflicts plan={plan} school={school} />}
    </SchedulePage>
  );
}

function Conflicts({ plan, school }: { plan: PlanSummary; school: School }) {
  const analysis = useQuery({
    queryKey: ["analysis", plan.scenario_id],
    queryFn: () => client.analyse({ scenario_id: plan.scenario_id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <QueryState query={analysis} lines={12}>
      {({ conflicts, singletons, conflict_pairs }) => {
        const own = conflicts.filter(({ a }) => school.courses.has(a));
        if (own.length === 0) return <EmptyState title={text.none} />;
        return (
          <>
            <p className="muted">
              {text.pairs(conflict_pairs)}; {text.singletons(singletons.filter((id) => school.courses.has(id)).length)}.
            </p>
            <section className="card" aria-label={text.matrix}>
              <h2>{text.matrix}</h2>
              <Matrix school={school} pairs={own} />
            </section>
            <div className="card card-flush">
              <DataTable label={text.table} columns={columnsOf(school)} rows={own} rowId={({ a, b }) => `${a} ${b}`} />
            </div>
          </>
        );
      }}
    </QueryState>
  );
}

function Matrix({ school, pairs }: { school: School; pairs: readonly Pair[] }) {
  const { ids, cells, most } = useMemo(() => matrixOf(pairs), [pairs]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="matrix" tabIndex={0} aria-label={text.matrix}>
      <table>
        <thead>
          <tr>
            <td />
            {ids.map((id) => (
              <th key={id} scope="col">
                {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ids.map((a) => (
            <tr key={a}>
              <th scope="row" title={school.courses.get(a)?.title}>
                {a}
              </th>
              {ids.map((b) => {
                const pair = cells.get(`${a} ${b}`);
                const says = pair && text.cell(a, b, pair.students, decimal(pair.severity));
                return (
                  <td
                    key={b}
                    title={says}
                    style={{ "--share": pair ? Math.sqrt(pair.severity / most) : 0 } as CSSProperties}
                  >
                    {says && <span className="visually-hidden">{says}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The courses with most at stake, each pair in both its cells. */
function matrixOf(pairs: readonly Pair[]) {
  const stakes = new Map<string, number>();
  const cells = new Map<string, Pair>();
  for (const pair of pairs) {
    for (const id of [pair.a, pair.b]) stakes.set(id, (stakes.get(id) ?? 0) + pair.severity);
    cells.set(`${pair.a} ${pair.b}`, pair);
    cells.set(`${pair.b} ${pair.a}`, pair);
  }
  const ids = [...stakes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([id]) => id);
  return { ids, cells, most: Math.max(...pairs.map(({ severity }) => severity), 1e-9) };
}

const columnsOf = ({ courses }: School): TableColumn<Pair>[] => {
  const named = (id: string) => `${id} ${courses.get(id)?.title ?? ""}`;
  return [
    { id: "a", header: text.a, value: ({ a }) => named(a) },
    { id: "b", header: text.b, value: ({ b }) => named(b) },
    { id: "students", header: text.students, align: "end", value: ({ students }) => students },
    { id: "sections_a", header: text.sectionsA, align: "end", value: ({ sections_a }) => sections_a },
    { id: "sections_b", header: text.sectionsB, align: "end", value: ({ sections_b }) => sections_b },
    {
      id: "chance",
      header: text.chance,
      align: "end",
      value: ({ clash_chance }) => clash_chance,
      cell: ({ clash_chance }) => percent(clash_chance, 0),
    },
    {
      id: "severity",
      header: text.severity,
      align: "end",
      value: ({ severity }) => severity,
      cell: ({ severity }) => decimal(severity),
    },
  ];
};
