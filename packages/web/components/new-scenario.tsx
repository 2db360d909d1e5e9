import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Area, Change } from "@trivium/model";
import { useState } from "react";
import { client } from "../data/client.ts";
import type { PlanSummary } from "../data/resources.ts";
import { useMay } from "../data/session.tsx";
import { change as text } from "../text/change.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Field } from "./field.tsx";
import { Progress } from "./progress.tsx";
import { ProblemNotice, ReadOnlyNotice } from "./states.tsx";

interface Props {
  readonly plan: PlanSummary;
  readonly area: Area;
  /** Name that is proposed for the scenario. */
  readonly name: string;
  readonly changes: readonly Change[];
  /** Page on which the new plan is looked at. */
  readonly page: string;
}

/** A change becomes a scenario, copied from the plan's own, and is solved from that plan on; how far it is is shown here. */
export function NewScenario({ plan, area, name, changes, page }: Props) {
  const may = useMay();
  const queryClient = useQueryClient();
  const [told, setTold] = useState<{ share: number; text: string } | null>(null);
  const solve = useMutation({
    mutationFn: async (form: FormData) => {
      setTold({ share: 0, text: text.waiting });
      const made = await client.createScenario({
        from: plan.scenario_id,
        name: String(form.get("name")),
        changes: [...changes],
      });
      const job = await client.solve({ scenario_id: made.scenario_id, area, start_plan_id: plan.plan_id });
      for await (const event of client.follow(job.job_id)) {
        if (event.kind === "progress") setTold({ share: event.progress.share, text: event.progress.phase });
        else if (event.job.status === "failed") throw new Error(event.job.error?.message ?? text.failed);
        else if (event.job.plan_id) {
          await queryClient.invalidateQueries();
          return event.job.plan_id;
        }
      }
      throw new Error(text.failed);
    },
    onSettled: () => setTold(null),
  });
  if (!may("planner")) return <ReadOnlyNotice roles={text.role} />;
  if (solve.data !== undefined)
    return (
      <div className="notice" data-tone="good" role="status">
        <p>{text.done}</p>
        <div className="row">
          <ButtonLink look="main" href={`${page}?plan=${solve.data}`}>
            {text.look}
          </ButtonLink>
          <ButtonLink href={`/compare?a=${plan.plan_id}&b=${solve.data}`}>{text.compare}</ButtonLink>
        </div>
      </div>
    );
  return (
    <form className="form" action={(form) => solve.mutate(form)}>
      <Field label={text.name} name="name" defaultValue={name} maxLength={200} required />
      {solve.isError && <ProblemNotice error={solve.error} />}
      {told ? (
        <Progress share={told.share} label={told.text} />
      ) : (
        <div className="row">
          <Button type="submit" look="main">
            {text.solve}
          </Button>
        </div>
      )}
    </form>
  );
}
