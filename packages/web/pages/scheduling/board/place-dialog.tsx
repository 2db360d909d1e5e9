import type { MoveSectionAnswer, MoveTarget } from "@trivium/model";
import { Dialog } from "../../../components/dialog.tsx";
import { NewScenario } from "../../../components/new-scenario.tsx";
import type { PlanSummary } from "../../../data/resources.ts";
import { common } from "../../../text/common.ts";
import { scheduling } from "../../../text/scheduling.ts";
import { moveChanges } from "../changes.ts";
import type { School } from "../schedule.ts";

const text = scheduling.board;

export interface Chosen {
  readonly answer: MoveSectionAnswer;
  readonly target: MoveTarget;
  readonly at: string;
}

/** What a place would cost, in full, and the scenario that puts the section there. */
export function PlaceDialog({
  plan,
  school,
  answer,
  target,
  onClose,
}: Chosen & { plan: PlanSummary; school: School; onClose: () => void }) {
  const at = [target.term_id, target.pattern_id].filter(Boolean).join(" ");
  const signed = (value: number | null) => (value === null ? common.none : text.chip(value));
  return (
    <Dialog title={text.confirmTitle(answer.section_id, at)} onClose={onClose}>
      <dl className="facts">
        <dt>{text.requests}</dt>
        <dd>{text.cost(target.gain)}</dd>
        <dt>{text.required}</dt>
        <dd>{signed(target.gain_required)}</dd>
        <dt>{text.studentsMoved}</dt>
        <dd>{target.students ?? common.none}</dd>
        <dt>{text.with}</dt>
        <dd>{target.teacher_id ?? common.none}</dd>
        <dt>{text.room}</dt>
        <dd>{target.room_id ?? common.none}</dd>
        {target.why && (
          <>
            <dt>{text.against}</dt>
            <dd>{text.why(target.why, target.in_way)}</dd>
          </>
        )}
      </dl>
      <p className="small notice" data-tone={target.possible ? "good" : "warn"}>
        {target.possible ? text.free : text.forced}
      </p>
      <NewScenario
        plan={plan}
        area="scheduling"
        name={text.name(answer.section_id, at, !target.possible)}
        changes={moveChanges(school, answer, target)}
        page="/scheduling/board"
      />
    </Dialog>
  );
}
