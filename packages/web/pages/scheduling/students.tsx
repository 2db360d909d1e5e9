import { useQuery } from "@tanstack/react-query";
import type { Plan } from "@trivium/model";
import { useMemo } from "react";
import { Button } from "../../components/button.tsx";
import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { useInAddress } from "../../data/in-address.ts";
import { queries } from "../../data/queries.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { scheduling } from "../../text/scheduling.ts";
import type { School } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";
import { Timetable } from "./students/timetable.tsx";
import { Newcomer, WalkIn } from "./students/walk-in.tsx";

const text = scheduling.students;

interface Student {
  readonly id: string;
  readonly sections: string[];
  readonly unmet: string[];
}

/** Students of a school: their timetables, and what they could still have. */
export default function StudentsPage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(plan, school) => <Students plan={plan} school={school} />}
    </SchedulePage>
  );
}

function Students({ plan, school }: { plan: PlanSummary; school: School }) {
  const whole = useQuery(queries.plan(plan.plan_id));
  return (
    <QueryState query={whole} lines={10}>
      {(found) => <Found plan={plan} school={school} whole={found as Plan<"scheduling">} />}
    </QueryState>
  );
}

function Found({ plan, school, whole }: { plan: PlanSummary; school: School; whole: Plan<"scheduling"> }) {
  const [wanted, choose] = useInAddress("student");
  const students = useMemo(() => studentsOf(whole, school), [whole, school]);
  if (wanted !== "") {
    const student = students.find(({ id }) => id === wanted);
    return (
      <>
        <div className="row no-print">
          <Button onClick={() => choose("")}>{text.back}</Button>
          <Button onClick={() => window.print()}>{text.print}</Button>
        </div>
        <section className="card" aria-label={text.timetable(wanted)}>
          <h2>{text.timetable(wanted)}</h2>
          {student ? <Timetable school={school} sections={student.sections} /> : <p>{text.noSuch}</p>}
          {student && (
            <p className="small">
              {student.unmet.length === 0
                ? text.nothingLacks
                : `${text.lacks}: ${student.unmet.map((id) => `${id} ${school.courses.get(id)?.title ?? ""}`).join(", ")}`}
            </p>
          )}
        </section>
        <WalkIn plan={plan} school={school} student={wanted} />
      </>
    );
  }
  const columns: TableColumn<Student>[] = [
    {
      id: "id",
      header: text.student,
      value: ({ id }) => id,
      cell: ({ id }) => (
        <Button look={["plain", "small"]} aria-label={text.timetable(id)} onClick={() => choose(id)}>
          {id}
        </Button>
      ),
    },
    { id: "seats", header: text.seats, align: "end", value: ({ sections }) => sections.length },
    { id: "unmet", header: text.unmet, align: "end", value: ({ unmet }) => unmet.length },
    { id: "lacks", header: text.lacks, value: ({ unmet }) => unmet.join(", ") },
  ];
  return (
    <>
      <div className="card card-flush">
        <DataTable label={text.table} columns={columns} rows={students} rowId={({ id }) => id} />
      </div>
      <Newcomer plan={plan} school={school} />
    </>
  );
}

function studentsOf({ decisions, unmet }: Plan<"scheduling">, school: School): Student[] {
  const own = new Set(school.sections.map(({ section_id }) => section_id));
  const byId = new Map<string, Student>();
  const student = (id: string): Student => {
    const known = byId.get(id) ?? { id, sections: [], unmet: [] };
    byId.set(id, known);
    return known;
  };
  for (const { student_id, section_id } of decisions.enrollments)
    if (own.has(section_id)) student(student_id).sections.push(section_id);
  for (const { student_id, course_id } of unmet)
    if (school.courses.has(course_id)) student(student_id).unmet.push(course_id);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
