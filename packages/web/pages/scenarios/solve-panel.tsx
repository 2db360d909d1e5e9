import { useMutation, useQuery } from "@tanstack/react-query";
import type { Area, Priority } from "@trivium/model";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { PLAN_AREAS } from "../../data/areas.ts";
import { client } from "../../data/client.ts";
import { queries } from "../../data/queries.ts";
import type { OpenedScenario } from "../../data/resources.ts";
import { sessionQuery } from "../../data/session.tsx";
import { ago } from "../../format.ts";
import { common } from "../../text/common.ts";
import { scenarios } from "../../text/scenarios.ts";

const text = scenarios.one;
const PRIORITIES: readonly Priority[] = ["normal", "high", "low"];

/** Starts a solve of one area, and goes where it can be watched. */
export function SolvePanel({ scenario }: { scenario: OpenedScenario }) {
  const [, navigate] = useLocation();
  const { data: session } = useQuery(sessionQuery);
  const areas = session?.areas ?? PLAN_AREAS;
  const [area, setArea] = useState<Area>(areas[0]);
  const [startFrom, setStartFrom] = useState("");
  const [priority, setPriority] = useState<Priority>("normal");
  const plans = useQuery(queries.plans());
  const ofArea = plans.data?.filter((plan) => plan.area === area && plan.dataset_hash === scenario.dataset_hash) ?? [];
  const solve = useMutation({
    mutationFn: () =>
      client.solve({
        scenario_id: scenario.scenario_id,
        area,
        priority,
        ...(startFrom === "" ? {} : { start_plan_id: startFrom }),
      }),
    onSuccess: ({ job_id }) => navigate(`/jobs/${job_id}`),
  });
  return (
    <section className="card" aria-label={text.solve}>
      <h2>{text.solve}</h2>
      <p className="muted small">{text.solveText}</p>
      {solve.isError && <ProblemNotice error={solve.error} />}
      <div className="form-row form-end">
        <SelectField
          label={scenarios.edit.area}
          value={area}
          onChange={(event) => {
            setArea(event.target.value as Area);
            setStartFrom("");
          }}
          options={areas.map((each) => [each, common.areas[each]])}
        />
        <SelectField
          label={text.startFrom}
          value={startFrom}
          onChange={(event) => setStartFrom(event.target.value)}
          options={[
            ["", text.fromNothing],
            ...ofArea.map(({ plan_id, created_at }) => [plan_id, `${common.areas[area]}, ${ago(created_at)}`] as const),
          ]}
        />
        <SelectField
          label={text.priority}
          value={priority}
          onChange={(event) => setPriority(event.target.value as Priority)}
          options={PRIORITIES.map((each) => [each, text.priorities[each]])}
        />
        <Button look="main" disabled={solve.isPending} onClick={() => solve.mutate()}>
          {text.solveArea(common.areas[area].toLowerCase())}
        </Button>
      </div>
    </section>
  );
}
