export const scenarios = {
  tree: {
    title: "Scenarios",
    intro: "What if: copy a scenario, change it, solve it, and look at the plans side by side.",
    none: "No scenario yet",
    noneText: "A scenario is the district’s data with a list of changes; the first has none.",
    table: "Scenarios",
    name: "Scenario",
    changes: "Changes",
    plans: "Plans",
    made: "Made",
  },
  plan: {
    title: (area: string, name: string) => `${area}: ${name}`,
    figures: "Figures",
  },
} as const;
