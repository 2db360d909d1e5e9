import { scheduling } from "../../../text/scheduling.ts";
import type { School, Section } from "../schedule.ts";
import type { Lanes } from "./lanes.ts";
import { colourOf } from "./legend.tsx";

const text = scheduling.board;

interface Props {
  readonly section: Section;
  readonly school: School;
  readonly lanes: Lanes;
  readonly colour: string;
  readonly place: string;
  readonly picked: boolean;
  readonly onPick: (section: string) => void;
  readonly onLetBe: () => void;
}

/** A section on the board: picked up by dragging it, or by Enter. */
export function Card({ section, school, lanes, colour, place, picked, onPick, onLetBe }: Props) {
  const { section_id, title, taken, seats, term_id, teacher_id, room_id, locked } = section;
  const where = [
    lanes === "teacher" ? null : (teacher_id ?? text.noTeacher),
    lanes === "room" ? null : (room_id ?? text.noRoom),
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <button
      type="button"
      draggable
      className="board-card"
      data-card={place}
      data-picked={picked}
      data-colour={colourOf(school, colour, section)}
      aria-pressed={picked}
      title={title}
      onClick={() => (picked ? onLetBe() : onPick(section_id))}
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", section_id);
        event.dataTransfer.effectAllowed = "move";
        // A node that changes while its drag begins ends the drag in some browsers.
        setTimeout(() => onPick(section_id));
      }}
    >
      <span className="board-card-name">
        {section_id}
        <span className="visually-hidden">, {title},</span>
        {locked.length > 0 && <span className="board-lock" title={text.locked} />}
      </span>
      <span className="board-card-note">
        {taken}/{seats} {term_id?.startsWith("S") || term_id?.startsWith("Q") ? `${term_id} ` : ""}
        {where}
      </span>
    </button>
  );
}
