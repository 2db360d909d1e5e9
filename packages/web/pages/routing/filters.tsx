import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { Button } from "../../components/button.tsx";
import { SelectField } from "../../components/field.tsx";
import type { Direction, Places, RoutingTables, Run } from "../../data/routing.ts";
import { routing as text } from "../../text/routing.ts";

/** Which runs are looked at: kept in the address, so that a view can be sent to somebody. */
export interface Looked {
  readonly direction: Direction | null;
  readonly school: string | null;
  readonly bus: string | null;
  /** The run that is open. */
  readonly run: string | null;
}
type Kept = keyof Looked;
const KEPT: readonly Kept[] = ["direction", "school", "bus", "run"];

export function useLooked(): readonly [Looked, (change: Partial<Looked>) => void] {
  const [search, setSearch] = useSearchParams();
  const [direction, school, bus, run] = KEPT.map((name) => search.get(name));
  const change = (changed: Partial<Looked>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed)) {
          if (value === null || value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      // Filters are one step back each; going from run to run is not.
      { replace: "run" in changed },
    );
  return [{ direction: direction === "AM" || direction === "PM" ? direction : null, school, bus, run }, change];
}

/** The runs that the filters leave, in the order of their departure. */
export function useRuns(tables: RoutingTables, { direction, school, bus }: Looked): readonly Run[] {
  return useMemo(
    () =>
      [...tables.runs.values()]
        .filter(
          (run) =>
            (direction === null || run.direction === direction) &&
            (school === null || run.school_ids.includes(school)) &&
            (bus === null || run.bus_id === bus),
        )
        .sort((a, b) => a.depart - b.depart || a.run_id.localeCompare(b.run_id)),
    [tables, direction, school, bus],
  );
}

export const schoolNames = ({ schools }: Places): ReadonlyMap<string, string> =>
  new Map(schools.map(({ school_id, name }) => [school_id, name]));

export function RunFilters({ tables, places }: { tables: RoutingTables; places: Places }) {
  const [looked, look] = useLooked();
  const shown = useRuns(tables, looked);
  const names = schoolNames(places);
  const words = text.filters;
  return (
    <search className="run-filters no-print" aria-label={words.label}>
      <SelectField
        label={words.direction}
        value={looked.direction ?? ""}
        onChange={({ target }) => look({ direction: (target.value || null) as Direction | null })}
        options={[
          ["", words.bothDirections],
          ["AM", words.AM],
          ["PM", words.PM],
        ]}
      />
      <SelectField
        label={words.school}
        value={looked.school ?? ""}
        onChange={({ target }) => look({ school: target.value })}
        options={[["", words.allSchools], ...tables.schools.map((id) => [id, names.get(id) ?? id] as const)]}
      />
      <SelectField
        label={words.bus}
        value={looked.bus ?? ""}
        onChange={({ target }) => look({ bus: target.value })}
        options={[["", words.allBuses], ...tables.buses.map((id) => [id, id] as const)]}
      />
      <div className="row">
        <Button
          disabled={!looked.direction && !looked.school && !looked.bus}
          onClick={() => look({ direction: null, school: null, bus: null })}
        >
          {words.clear}
        </Button>
        <span className="small muted" role="status">
          {words.shown(shown.length, tables.runs.size)}
        </span>
      </div>
    </search>
  );
}
