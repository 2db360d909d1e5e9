import { DataTable, type TableColumn } from "../../components/data-table.tsx";
import { percent } from "../../format.ts";
import { scheduling } from "../../text/scheduling.ts";
import type { School, Section } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";

const text = scheduling.loads;

/** What teachers teach and how far rooms are used. */
export default function LoadsPage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(_plan, school) => (
        <>
          <section className="card card-flush" aria-label={text.teachers}>
            <div className="card-head">
              <h2>{text.teachers}</h2>
            </div>
            <DataTable label={text.teachers} columns={TEACHERS} rows={teacherLoads(school)} rowId={({ id }) => id} />
          </section>
          <section className="card card-flush" aria-label={text.rooms}>
            <div className="card-head">
              <h2>{text.rooms}</h2>
            </div>
            <DataTable label={text.rooms} columns={ROOMS} rows={roomLoads(school)} rowId={({ id }) => id} />
          </section>
        </>
      )}
    </SchedulePage>
  );
}

interface TeacherLoad {
  readonly id: string;
  readonly sections: number;
  readonly most: number | null;
  readonly preps: number;
  readonly students: number;
}

/** Sections of the fullest term: one of the whole year counts in each. */
function fullestTerm(sections: readonly Section[]): number {
  const year = sections.filter(({ term_id }) => !isPart(term_id)).length;
  const parts = new Map<string, number>();
  for (const { term_id } of sections)
    if (isPart(term_id)) parts.set(term_id ?? "", (parts.get(term_id ?? "") ?? 0) + 1);
  return year + Math.max(0, ...parts.values());
}

const isPart = (term: string | undefined): boolean => term !== undefined && /\d/.test(term);

function teacherLoads({ teachers, sections }: School): TeacherLoad[] {
  return teachers.map(({ teacher_id, sections_max }) => {
    const own = sections.filter(
      (each) => each.teacher_id === teacher_id || each.co_teacher_ids?.includes(teacher_id) === true,
    );
    return {
      id: teacher_id,
      sections: fullestTerm(own),
      most: sections_max ?? null,
      preps: new Set(own.filter((each) => each.teacher_id === teacher_id).map(({ course_id }) => course_id)).size,
      students: own.reduce((sum, { taken }) => sum + taken, 0),
    };
  });
}

const TEACHERS: readonly TableColumn<TeacherLoad>[] = [
  { id: "id", header: text.teacher, value: ({ id }) => id },
  { id: "sections", header: text.sections, align: "end", value: ({ sections }) => sections },
  { id: "most", header: text.most, align: "end", value: ({ most }) => most },
  { id: "preps", header: text.preps, align: "end", value: ({ preps }) => preps },
  { id: "students", header: text.students, align: "end", value: ({ students }) => students },
];

interface RoomLoad {
  readonly id: string;
  readonly capacity: number;
  readonly used: number;
  readonly share: number;
  readonly fill: number | null;
}

function roomLoads({ rooms, sections, slots }: School): RoomLoad[] {
  return rooms.map(({ room_id, capacity }) => {
    const own = sections.filter((each) => each.room_id === room_id);
    const used = new Set(own.flatMap((each) => each.slots)).size;
    const seats = own.length * capacity;
    return {
      id: room_id,
      capacity,
      used,
      share: slots.length === 0 ? 0 : used / slots.length,
      fill: seats === 0 ? null : own.reduce((sum, { taken }) => sum + taken, 0) / seats,
    };
  });
}

const ROOMS: readonly TableColumn<RoomLoad>[] = [
  { id: "id", header: text.room, value: ({ id }) => id },
  { id: "capacity", header: text.capacity, align: "end", value: ({ capacity }) => capacity },
  { id: "used", header: text.used, align: "end", value: ({ used }) => used },
  {
    id: "share",
    header: text.share,
    align: "end",
    value: ({ share }) => share,
    cell: ({ share }) => percent(share, 0),
  },
  {
    id: "fill",
    header: text.fill,
    align: "end",
    value: ({ fill }) => fill,
    cell: ({ fill }) => (fill === null ? "–" : percent(fill, 0)),
  },
];
