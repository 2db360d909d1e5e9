import { scheduling } from "../../../text/scheduling.ts";
import type { School } from "../schedule.ts";

const text = scheduling.students;

/** A student's week: periods down, days across, with the term where a class is of a part of the year. */
export function Timetable({ school, sections }: { school: School; sections: readonly string[] }) {
  const own = school.sections.filter(({ section_id }) => sections.includes(section_id));
  const days = [...new Set(school.slots.map(({ day }) => day))];
  const periods = [...new Set(school.slots.map(({ id }) => id.slice(id.indexOf(":") + 1)))];
  return (
    <table className="timetable">
      <thead>
        <tr>
          <td />
          {days.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period}>
            <th scope="row">{school.slots.find(({ id }) => id.endsWith(`:${period}`))?.title ?? period}</th>
            {days.map((day) => {
              const here = own.filter(({ slots }) => slots.includes(`${day}:${period}`));
              return (
                <td key={day}>
                  {here.length === 0 && <span className="muted">{text.free}</span>}
                  {here.map(({ section_id, title, teacher_id, room_id, term_id }) => (
                    <div key={section_id}>
                      <strong>{title}</strong>
                      <div className="small muted">
                        {[section_id, term_id, teacher_id, room_id].filter(Boolean).join(" · ")}
                      </div>
                    </div>
                  ))}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
