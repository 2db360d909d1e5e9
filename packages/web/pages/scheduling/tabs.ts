import { scheduling } from "../../text/scheduling.ts";

const { tabs } = scheduling;

/** The pages about one schedule; the plan is in the query. */
export const TABS = [
  { name: tabs.board, href: "/scheduling/board" },
  { name: tabs.unmet, href: "/scheduling/unmet" },
  { name: tabs.oneMore, href: "/scheduling/one-more" },
  { name: tabs.conflicts, href: "/scheduling/conflicts" },
  { name: tabs.students, href: "/scheduling/students" },
  { name: tabs.loads, href: "/scheduling/loads" },
  { name: tabs.plans, href: "/scheduling" },
];
