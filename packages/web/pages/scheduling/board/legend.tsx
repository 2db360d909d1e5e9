import { scheduling } from "../../../text/scheduling.ts";
import type { School, Section } from "../schedule.ts";

const text = scheduling.board;
const SERIES = 6;

/** What a card's edge says: one of the series by department, or a tone by how full the section is. */
export function colourOf({ departments }: School, colour: string, section: Section): string {
  if (colour === "fill") return `fill-${fillOf(section)}`;
  return `series-${(departments.indexOf(section.department) % SERIES) + 1}`;
}

function fillOf({ taken, seats }: Section): keyof typeof text.legendFill {
  if (taken > seats) return "over";
  if (taken === seats) return "full";
  return taken * 2 < seats ? "low" : "open";
}

export function Legend({ school, colour }: { school: School; colour: string }) {
  const entries =
    colour === "fill"
      ? Object.entries(text.legendFill).map(([fill, name]) => [`fill-${fill}`, name])
      : school.departments.map((name, index) => [`series-${(index % SERIES) + 1}`, name]);
  return (
    <ul className="board-legend small muted">
      {entries.map(([mark, name]) => (
        <li key={name} data-colour={mark}>
          {name}
        </li>
      ))}
    </ul>
  );
}
