import { useMutation } from "@tanstack/react-query";
import type { WalkInAnswer, WalkInSchedule } from "@trivium/model";
import { Button } from "../../../components/button.tsx";
import { Field } from "../../../components/field.tsx";
import { ProblemNotice } from "../../../components/states.tsx";
import { client } from "../../../data/client.ts";
import type { PlanSummary } from "../../../data/resources.ts";
import { scheduling } from "../../../text/scheduling.ts";
import type { School } from "../schedule.ts";

const text = scheduling.students;
const COUNT = 3;

const useWalkIn = (plan: PlanSummary) =>
  useMutation({
    mutationFn: async (who: { student_id?: string; courses?: string[] }) =>
      (await client.ask({
        plan_id: plan.plan_id,
        question: { kind: "walk_in", count: COUNT, ...who },
      })) as unknown as WalkInAnswer,
  });

/** What one student of the plan could have instead. */
export function WalkIn({ plan, school, student }: { plan: PlanSummary; school: School; student: string }) {
  const asked = useWalkIn(plan);
  return (
    <section className="card no-print" aria-label={text.walkIn}>
      <h2>{text.walkIn}</h2>
      <p className="muted">{text.walkInText}</p>
      <div>
        <Button disabled={asked.isPending} onClick={() => asked.mutate({ student_id: student })}>
          {text.ask}
        </Button>
      </div>
      {asked.isError && <ProblemNotice error={asked.error} />}
      {asked.data && <Schedules school={school} answer={asked.data} />}
    </section>
  );
}

/** A student who is not in the plan yet. */
export function Newcomer({ plan, school }: { plan: PlanSummary; school: School }) {
  const asked = useWalkIn(plan);
  const ask = (form: FormData) =>
    asked.mutate({
      courses: String(form.get("courses"))
        .split(/[\s,;|]+/)
        .filter(Boolean),
    });
  return (
    <section className="card no-print" aria-label={text.newcomer}>
      <h2>{text.newcomer}</h2>
      <p className="muted">{text.newcomerText}</p>
      <form className="form" action={ask}>
        <Field label={text.courses} name="courses" defaultValue="" required />
        <div>
          <Button type="submit" disabled={asked.isPending}>
            {text.ask}
          </Button>
        </div>
      </form>
      {asked.isError && <ProblemNotice error={asked.error} />}
      {asked.data && <Schedules school={school} answer={asked.data} />}
    </section>
  );
}

function Schedules({ school, answer }: { school: School; answer: WalkInAnswer }) {
  const all = [...answer.with_moves, ...answer.schedules];
  if (all.length === 0) return <p>{text.none}</p>;
  return (
    <ol className="stack-close">
      {all.map((schedule) => (
        <li key={JSON.stringify(schedule.sections)} className="notice">
          <Schedule school={school} schedule={schedule} />
        </li>
      ))}
    </ol>
  );
}

function Schedule({ school, schedule }: { school: School; schedule: WalkInSchedule }) {
  const slotsOf = (pattern: string) => school.meetings.get(pattern)?.join(", ") ?? pattern;
  return (
    <>
      <p>
        <strong>{text.met(schedule.met)}</strong>, {text.moves(schedule.moves.length)}
        {schedule.unmet.length > 0 && `; ${text.lacks}: ${schedule.unmet.join(", ")}`}
      </p>
      <p className="small">
        {schedule.sections
          .map(
            ({ section_id, pattern_id, term_id }) =>
              `${section_id} (${[term_id, slotsOf(pattern_id)].filter(Boolean).join(" ")})`,
          )
          .join(" · ")}
      </p>
      {schedule.moves.length > 0 && (
        <p className="small muted">
          {schedule.moves.map(({ student_id, from, to }) => `${student_id}: ${from} → ${to}`).join("; ")}
        </p>
      )}
    </>
  );
}
