import { scenarios } from "../../text/scenarios.ts";
import type { FormChange } from "./change-kinds.ts";

const text = scenarios.recipes;

/** What is asked most springs, begun: the planner fills in which one. */
export const RECIPES: readonly { readonly name: string; readonly change: FormChange }[] = [
  { name: text.busOut, change: { op: "remove", table: "buses", where: { bus_id: "" } } },
  {
    name: text.teacherMornings,
    change: { op: "set", table: "teachers", where: { teacher_id: "" }, values: { unavailable: "" } },
  },
  { name: text.roomOut, change: { op: "remove", table: "rooms", where: { room_id: "" } } },
  {
    name: text.budget,
    change: { op: "set", table: "budgets", where: { fund_id: "", fiscal_year: "" }, values: { amount_usd: "" } },
  },
  { name: text.horizon, change: { op: "settings", area: "facilities", values: { horizon_years: 5 } } },
];
