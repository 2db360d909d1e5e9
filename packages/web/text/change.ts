/** A change that is made on a page and becomes a scenario. */
export const change = {
  name: "Name of the scenario",
  solve: "Make the scenario and solve it",
  waiting: "waiting for a worker",
  failed: "The solve brought no plan.",
  done: "Solved. The plan it came from stands as it was.",
  look: "Look at the new plan",
  compare: "Compare the two",
  role: "planner",
} as const;
