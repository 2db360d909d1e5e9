import { facilities } from "../../text/facilities.ts";

const { tabs } = facilities;

/** The pages about one capital plan; the plan is in the query. */
export const TABS = [
  { name: tabs.assets, href: "/facilities/assets" },
  { name: tabs.plan, href: "/facilities/plan" },
  { name: tabs.budget, href: "/facilities/budget" },
  { name: tabs.model, href: "/facilities/model" },
  { name: tabs.plans, href: "/facilities" },
];
