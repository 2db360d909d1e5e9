import type { MoveSectionAnswer, MoveTarget } from "@trivium/model";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { scheduling } from "../../../text/scheduling.ts";
import type { School, Section, Slot } from "../schedule.ts";
import { Card } from "./card.tsx";
import { type Lane, type Lanes, targetsByCell } from "./lanes.ts";

const text = scheduling.board;

interface Props {
  readonly school: School;
  readonly lanes: Lanes;
  readonly rows: readonly Lane[];
  readonly colour: string;
  readonly picked: string | null;
  readonly answer: MoveSectionAnswer | null;
  readonly onPick: (section: string) => void;
  readonly onLetBe: () => void;
  readonly onChoose: (target: MoveTarget, at: string) => void;
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function Grid({ school, lanes, rows, colour, picked, answer, onPick, onLetBe, onChoose }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const section = school.sections.find(({ section_id }) => section_id === picked);
  const targets = useMemo(
    () =>
      answer && section
        ? targetsByCell(school, answer.targets, lanes, section.course_id, answer.from.term_id)
        : new Map<string, MoveTarget>(),
    [answer, section, school, lanes],
  );
  // Whoever picked a section up by keyboard goes on from the nearest place that it could have.
  useEffect(() => {
    if (answer)
      table.current?.querySelector<HTMLElement>('[data-target][data-possible="true"]')?.focus({ preventScroll: false });
  }, [answer]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && picked !== null) onLetBe();
    const by = ARROWS[event.key];
    if (!by || !table.current) return;
    event.preventDefault();
    stepFocus(table.current, by, picked !== null);
  };
  if (rows.length === 0) return <p className="muted">{text.none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="board-scroll" tabIndex={0} aria-label={text.table} onKeyDown={onKeyDown}>
      <table ref={table} className="board" data-picking={picked !== null}>
        <Head slots={school.slots} lanes={lanes} />
        <tbody>
          {rows.map((lane, row) => (
            <tr key={lane.id}>
              <th scope="row">
                <span>{lane.name}</span>
                <span className="small muted">{lane.note}</span>
              </th>
              {school.slots.map((slot, column) => (
                <Cell
                  key={slot.id}
                  place={`${row} ${column}`}
                  at={`${slot.id}, ${lane.name}`}
                  sections={lane.cells.get(slot.id) ?? []}
                  target={targets.get(`${lane.id} ${slot.id}`)}
                  {...{ school, lanes, colour, picked, onPick, onLetBe, onChoose }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head({ slots, lanes }: { slots: readonly Slot[]; lanes: Lanes }) {
  return (
    <thead>
      <tr>
        <th scope="col">{text.lane[lanes]}</th>
        {slots.map(({ id, day, title }) => (
          <th key={id} scope="col">
            <span>
              {day} · {title}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface CellProps extends Omit<Props, "rows" | "answer"> {
  readonly place: string;
  readonly at: string;
  readonly sections: readonly Section[];
  readonly target: MoveTarget | undefined;
}

function Cell({ place, at, sections, target, school, lanes, colour, picked, onPick, onLetBe, onChoose }: CellProps) {
  const what = target && [text.cost(target.gain), text.why(target.why, target.in_way)].filter(Boolean).join("; ");
  return (
    <td
      onDragOver={(event) => target && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (target) onChoose(target, at);
      }}
    >
      {sections.map((section) => (
        <Card
          key={section.section_id}
          {...{ section, school, lanes, colour, place }}
          picked={section.section_id === picked}
          onPick={onPick}
          onLetBe={onLetBe}
        />
      ))}
      {target && (
        <button
          type="button"
          className="board-target no-print"
          data-target={place}
          data-possible={target.possible}
          data-tone={target.gain === null || target.gain < 0 ? "bad" : target.gain > 0 ? "good" : "none"}
          title={what}
          onClick={() => onChoose(target, at)}
        >
          {text.chip(target.gain)}
          {!target.possible && <span aria-hidden="true"> ⚠</span>}
          <span className="visually-hidden"> {text.target(at, what ?? "")}</span>
        </button>
      )}
    </td>
  );
}

/** To the nearest card, or while one is picked up to the nearest place, in the arrow's direction. */
function stepFocus(table: HTMLElement, [down, right]: readonly [number, number], picking: boolean): void {
  const name = picking ? "target" : "card";
  const placeOf = (element: Element | null) => (element as HTMLElement | null)?.dataset[name]?.split(" ").map(Number);
  const here = placeOf(document.activeElement);
  const all = [...table.querySelectorAll<HTMLElement>(`[data-${name}]`)];
  if (!here) {
    all[0]?.focus();
    return;
  }
  let nearest: HTMLElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const element of all) {
    const [row, column] = placeOf(element) ?? [0, 0];
    const [along, aside] =
      down !== 0 ? [(row - here[0]) * down, column - here[1]] : [(column - here[1]) * right, row - here[0]];
    const distance = along + 100 * Math.abs(aside);
    if (along > 0 && distance < least) [nearest, least] = [element, distance];
  }
  nearest?.focus();
}
