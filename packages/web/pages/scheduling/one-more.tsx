import { useQuery } from "@tanstack/react-query";
import type { Change, OneMoreAnswer, OneMoreRow } from "@trivium/model";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { NewScenario } from "../../components/new-scenario.tsx";
import { EmptyState, ErrorState, LoadingState } from "../../components/states.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { answerQuery } from "../../data/tables.ts";
import { common } from "../../text/common.ts";
import { scheduling } from "../../text/scheduling.ts";
import { moveChanges, seatChanges } from "./changes.ts";
import type { School } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";

const text = scheduling.oneMore;
/** Rows that are searched on from re-seating, where that is asked for. */
const SEARCHED = 8;

/** What one section, seat or period more or less would win or cost. */
export default function OneMorePage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(plan, school) => <OneMore plan={plan} school={school} />}
    </SchedulePage>
  );
}

function OneMore({ plan, school }: { plan: PlanSummary; school: School }) {
  const [kind, setKind] = useInAddress("kind", "section_more");
  const [making, setMaking] = useState<OneMoreRow | null>(null);
  const [depth, setDepth] = useInAddress("search");
  const question = { kind: "one_more", kinds: [kind], search: depth === "" ? 0 : SEARCHED };
  const found = useQuery(answerQuery<OneMoreAnswer>(plan.plan_id, question));
  const kinds = <Kinds kind={kind} onKind={setKind} />;
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <>
        {kinds}
        <p className="muted">{text.asking}</p>
        <LoadingState lines={10} />
      </>
    );
  const own = found.data.rows.filter(({ course_id }) => school.courses.has(course_id));
  if (own.length === 0)
    return (
      <>
        {kinds}
        <EmptyState title={text.nothing} />
      </>
    );
  const { candidates, searched, iterations_each } = found.data.computed;
  return (
    <>
      {kinds}
      <div className="card card-flush">
        <DataTable
          label={text.table}
          columns={columnsOf(school, setMaking)}
          rows={own}
          rowId={({ kind: of, id, course_id, term_id, pattern_id }) =>
            [of, id, course_id, term_id, pattern_id].join(" ")
          }
        />
      </div>
      <div className="row">
        <p className="small muted">{text.budget(candidates, searched, iterations_each)}</p>
        {depth === "" && (
          <span className="no-print">
            <Button look="small" onClick={() => setDepth("more")}>
              {text.searchOn}
            </Button>
          </span>
        )}
      </div>
      {making && (
        <Dialog title={`${text.kinds[making.kind]}: ${making.id}`} onClose={() => setMaking(null)}>
          <NewScenario
            plan={plan}
            area="scheduling"
            name={`${text.kinds[making.kind]}: ${making.id}`}
            changes={changesOf(school, making)}
            page="/scheduling/board"
          />
        </Dialog>
      )}
    </>
  );
}

function Kinds({ kind, onKind }: { kind: string; onKind: (kind: string) => void }) {
  return (
    <fieldset className="chips no-print">
      <legend className="visually-hidden">{text.kind}</legend>
      {Object.entries(text.kinds).map(([each, name]) => (
        <Button key={each} look="small" aria-pressed={kind === each} onClick={() => onKind(each)}>
          {name}
        </Button>
      ))}
    </fieldset>
  );
}

const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");

const columnsOf = (school: School, make: (row: OneMoreRow) => void): TableColumn<OneMoreRow>[] => [
  { id: "kind", header: text.kind, value: (row) => text.kinds[row.kind] },
  { id: "id", header: text.about, value: ({ id }) => id },
  { id: "course", header: text.course, value: (row) => school.courses.get(row.course_id)?.title ?? row.course_id },
  { id: "gain", header: text.gain, align: "end", value: ({ gain }) => gain, cell: ({ gain }) => signed(gain) },
  {
    id: "required",
    header: text.required,
    align: "end",
    value: ({ gain_required }) => gain_required,
    cell: ({ gain_required }) => signed(gain_required),
  },
  { id: "students", header: text.students, align: "end", value: ({ students }) => students },
  {
    id: "when",
    header: text.when,
    value: ({ term_id, pattern_id }) => [term_id, pattern_id].filter(Boolean).join(" "),
  },
  { id: "who", header: text.who, value: ({ teacher_id }) => teacher_id },
  { id: "where", header: text.where, value: ({ room_id }) => room_id },
  {
    id: "lacks",
    header: text.lacks,
    value: ({ lacks }) => lacks.map((each) => text.lack[each]).join(", ") || common.no,
  },
  { id: "method", header: text.method, value: ({ method }) => text.methods[method] },
  {
    id: "make",
    header: "",
    value: () => "",
    cell: (row) =>
      changesOf(school, row).length > 0 && (
        <Button look="small" onClick={() => make(row)}>
          {text.make}
        </Button>
      ),
  },
];

/** The row as changes of the district's tables. */
function changesOf(school: School, row: OneMoreRow): Change[] {
  const course = school.courses.get(row.course_id);
  const sections = course?.sections ?? school.sections.filter(({ course_id }) => course_id === row.course_id).length;
  const teacher = school.teachers.find(({ teacher_id }) => teacher_id === row.id);
  switch (row.kind) {
    case "section_more":
    case "section_fewer": {
      const values = { sections: sections + (row.kind === "section_more" ? 1 : -1) };
      return [{ op: "set", table: "courses", where: { course_id: row.course_id }, values }];
    }
    case "teacher_section":
      return teacher?.sections_max === undefined
        ? []
        : [
            {
              op: "set",
              table: "teachers",
              where: { teacher_id: row.id },
              values: { sections_max: teacher.sections_max + 1 },
            },
            { op: "set", table: "courses", where: { course_id: row.course_id }, values: { sections: sections + 1 } },
          ];
    case "seat":
      return seatChanges(school, row.section_id);
    case "moved_period":
      return row.pattern_id === null
        ? []
        : moveChanges(school, { section_id: row.section_id, lanes: "course" }, { ...row, pattern_id: row.pattern_id });
  }
}
