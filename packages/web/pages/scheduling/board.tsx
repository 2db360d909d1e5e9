import { useQuery } from "@tanstack/react-query";
import type { MoveSectionAnswer } from "@trivium/model";
import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import { ProblemNotice } from "../../components/states.tsx";
import { useInAddress } from "../../data/in-address.ts";
import type { PlanSummary } from "../../data/resources.ts";
import { answerQuery } from "../../data/tables.ts";
import { common } from "../../text/common.ts";
import { scheduling } from "../../text/scheduling.ts";
import { Grid } from "./board/grid.tsx";
import { type Lanes, lanesOf } from "./board/lanes.ts";
import { Legend } from "./board/legend.tsx";
import { type Chosen, PlaceDialog } from "./board/place-dialog.tsx";
import type { School } from "./schedule.ts";
import { SchedulePage } from "./schedule-page.tsx";

const text = scheduling.board;

/** The board: slots across, teachers, rooms or courses down, a card a section. */
export default function BoardPage() {
  return (
    <SchedulePage title={text.title} intro={text.intro}>
      {(plan, school) => <Board key={school.id} plan={plan} school={school} />}
    </SchedulePage>
  );
}

function Board({ plan, school }: { plan: PlanSummary; school: School }) {
  const [by, setBy] = useInAddress("rows", "teacher");
  const [colour, setColour] = useInAddress("colour", "department");
  const [find, setFind] = useInAddress("find");
  const [picked, setPicked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const lanes = (by in text.lane ? by : "teacher") as Lanes;
  const searched = useDeferredValue(find.trim().toLowerCase());
  const rows = useMemo(() => lanesOf(school, lanes, searched), [school, lanes, searched]);
  const costs = useQuery({
    ...answerQuery<MoveSectionAnswer>(plan.plan_id, { kind: "move_section", section_id: picked ?? "", lanes }),
    enabled: picked !== null,
  });
  const answer = picked !== null && costs.data?.section_id === picked ? costs.data : null;
  const letBe = () => {
    setPicked(null);
    setChosen(null);
  };
  return (
    <>
      <div className="form-row no-print">
        <SelectField
          label={text.lanes}
          value={lanes}
          options={Object.entries(text.lane)}
          onChange={(event) => {
            letBe();
            setBy(event.target.value);
          }}
        />
        <SelectField
          label={text.colour}
          value={colour}
          options={Object.entries(text.colours)}
          onChange={(event) => setColour(event.target.value)}
        />
        <label className="field">
          <span className="field-label">{common.search}</span>
          <input
            className="input"
            type="search"
            placeholder={text.find}
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
      </div>
      <div className="board-status no-print" role="status">
        {picked === null ? (
          <p className="small muted">{text.how}</p>
        ) : (
          <div className="row">
            <strong>{text.picked(picked)}</strong>
            <span className="small">
              {answer
                ? text.pickedHow(answer.targets.filter(({ possible }) => possible).length, answer.targets.length)
                : text.asking}
            </span>
            <Button look="small" onClick={letBe}>
              {text.letBe}
            </Button>
          </div>
        )}
      </div>
      {costs.isError && picked !== null && <ProblemNotice error={costs.error} />}
      <Legend school={school} colour={colour} />
      <Grid
        school={school}
        lanes={lanes}
        rows={rows}
        colour={colour}
        picked={picked}
        answer={answer}
        onPick={setPicked}
        onLetBe={letBe}
        onChoose={(target, at) => answer && setChosen({ answer, target, at })}
      />
      {chosen && <PlaceDialog plan={plan} school={school} {...chosen} onClose={letBe} />}
    </>
  );
}
