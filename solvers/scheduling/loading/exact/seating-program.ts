import { MipModel, solveMip } from "@trivium/mip";
import type { Schedule } from "../../schedule/schedule.ts";
import type { Column } from "./columns.ts";

/** Price of a seat in each section, for students who do and who do not count against inclusion shares. */
export interface SeatPrices {
  readonly plain: Float64Array;
  readonly flagged: Float64Array;
  /** Σ price · seats: what all seats are worth. */
  readonly total: number;
}

/** What the relaxed program says. */
export interface Relaxed {
  readonly objective: number;
  readonly reducedCosts: Float64Array;
  /** Dual price of each student's row. */
  readonly ofStudent: Float64Array;
  readonly prices: SeatPrices;
}

/**
 * Seats on fixed times as set partitioning over student schedules, y(s) the students of s beyond its cap where some are allowed:
 *
 *   maximize Σ value(c) x(c) − over_cap Σ y(s)
 *   subject to  Σ x(c of student i) ≤ 1,  Σ x(c in section s) − y(s) ≤ cap(s),  y(s) ≤ seats(s) − cap(s),
 *               Σ x(c in unit u) ≤ capacity(room of u),  Σ (flag(i) − share(s)) x(c of i in s) ≤ 0
 */
export class SeatingProgram {
  readonly #schedule: Schedule;
  readonly #cap: Int32Array;
  /** Students beyond the cap that are allowed. */
  readonly #beyond: Int32Array;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
    const { sections, rooms } = schedule.school;
    const room = (section: number) => schedule.room[sections.unit[section]];
    const held = (seats: number, section: number) =>
      room(section) < 0 ? seats : Math.min(seats, rooms.capacity[room(section)]);
    this.#cap = Int32Array.from(sections.ids, (_, s) => held(Math.min(sections.cap[s], sections.seats[s]), s));
    this.#beyond = Int32Array.from(sections.ids, (_, s) => held(sections.seats[s], s) - this.#cap[s]);
  }

  /** What these columns are worth together, students beyond caps taken off. */
  worthOf(columns: Iterable<Column>): number {
    const filled = new Int32Array(this.#cap.length);
    let sum = 0;
    for (const { value, sections } of columns) {
      sum += value;
      for (const section of sections) if (section >= 0) filled[section]++;
    }
    const price = this.#schedule.school.weights.over_cap;
    for (let s = 0; s < filled.length; s++)
      if (this.#beyond[s] > 0) sum -= price * Math.max(0, filled[s] - this.#cap[s]);
    return sum;
  }

  /** The linear relaxation over these columns; null when it was stopped. */
  async relaxed(columns: readonly Column[], cancelled: () => boolean): Promise<Relaxed | null> {
    const { model, rows } = this.#model(columns);
    const result = await solveMip(model, { relax: true, cancelled });
    if (result.status !== "optimal") return null;
    const { reducedCosts, rowDuals, objective } = result;
    return {
      objective,
      reducedCosts,
      ofStudent: rowDuals.subarray(0, rows.students),
      prices: this.#prices(rows, rowDuals),
    };
  }

  /**
   * The best whole solution over these columns within so many nodes.
   * @param start columns taken to start from
   * @returns the columns taken; null where none is found
   */
  async whole(
    columns: readonly Column[],
    start: ReadonlySet<Column>,
    nodeLimit: number,
    cancelled: () => boolean,
  ): Promise<Column[] | null> {
    const { model, rows } = this.#model(columns);
    for (let column = 0; column < columns.length; column++) model.integer[column] = true;
    const from = new Float64Array(model.variables);
    columns.forEach((column, index) => {
      if (start.has(column)) from[index] = 1;
    });
    const filled = new Int32Array(this.#cap.length);
    for (const { sections } of start) for (const section of sections) if (section >= 0) filled[section]++;
    rows.over.forEach((variable, s) => {
      if (variable >= 0) from[variable + columns.length] = Math.max(0, filled[s] - this.#cap[s]);
    });
    const { values } = await solveMip(model, { start: from, nodeLimit, gap: WHOLE_GAP, cancelled });
    return values.length > 0 ? columns.filter((_, index) => values[index] > 0.5) : null;
  }

  #model(columns: readonly Column[]): { model: MipModel; rows: Rows } {
    const { students, sections, units, weights } = this.#schedule.school;
    const model = new MipModel("maximize");
    for (let student = 0; student < students.ids.length; student++) model.addRow(Number.NEGATIVE_INFINITY, 1);
    const rows: Rows = {
      students: students.ids.length,
      seats: Int32Array.from(this.#cap, (cap) => model.addRow(Number.NEGATIVE_INFINITY, cap)),
      share: Int32Array.from(sections.inclusionShare, (share) =>
        share > 1 ? -1 : model.addRow(Number.NEGATIVE_INFINITY, 0),
      ),
      units: Int32Array.from({ length: units.count }, (_, unit) => this.#unitRow(model, unit)),
      over: new Int32Array(this.#cap.length).fill(-1),
    };
    for (const { student, value, sections: own } of columns) {
      const column = model.addVariable(value, 0, 1);
      model.addEntry(student, column, 1);
      for (const section of own) {
        if (section < 0) continue;
        model.addEntry(rows.seats[section], column, 1);
        const unit = rows.units[sections.unit[section]];
        if (unit >= 0) model.addEntry(unit, column, 1);
        if (rows.share[section] >= 0)
          model.addEntry(rows.share[section], column, students.inclusion[student] - sections.inclusionShare[section]);
      }
    }
    let over = 0;
    this.#beyond.forEach((most, section) => {
      if (most <= 0) return;
      rows.over[section] = over++;
      model.addEntry(rows.seats[section], model.addVariable(-weights.over_cap, 0, most), -1);
    });
    return { model, rows };
  }

  /** Co-seated sections share their room's places. */
  #unitRow(model: MipModel, unit: number): number {
    const { units, rooms } = this.#schedule.school;
    const room = this.#schedule.room[unit];
    if (room < 0 || units.sections.start[unit + 1] - units.sections.start[unit] < 2) return -1;
    return model.addRow(Number.NEGATIVE_INFINITY, rooms.capacity[room]);
  }

  #prices(rows: Rows, duals: Float64Array): SeatPrices {
    const { sections, rooms, weights } = this.#schedule.school;
    const price = (row: number) => (row < 0 ? 0 : Math.max(0, duals[row]));
    let total = 0;
    rows.units.forEach((row, unit) => {
      if (row >= 0) total += price(row) * rooms.capacity[this.#schedule.room[unit]];
    });
    const plain = new Float64Array(sections.ids.length);
    const flagged = new Float64Array(sections.ids.length);
    for (let section = 0; section < plain.length; section++) {
      const seat = price(rows.seats[section]);
      const share = price(rows.share[section]);
      total += seat * this.#cap[section] + Math.max(0, seat - weights.over_cap) * this.#beyond[section];
      const both = seat + price(rows.units[sections.unit[section]]);
      plain[section] = both - (share === 0 ? 0 : share * sections.inclusionShare[section]);
      flagged[section] = both + (share === 0 ? 0 : share * (1 - sections.inclusionShare[section]));
    }
    return { plain, flagged, total };
  }
}

/** Gap at which a whole solution is good enough, as a share of all points: below any request's worth in a school of thousands. */
const WHOLE_GAP = 1e-7;

/** Indices of rows; a student's row is the student's index. −1 = no such row. */
interface Rows {
  readonly students: number;
  readonly seats: Int32Array;
  readonly share: Int32Array;
  readonly units: Int32Array;
  /** Variables of the students beyond caps, counted from the last column on. */
  readonly over: Int32Array;
}
