export const plans = {
  intro: {
    scheduling: "Master schedules: sections, times, teachers, rooms, and who sits where.",
    routing: "Stops, runs and buses on the district’s own roads.",
    facilities: "What fails when, and what to replace in which year.",
  },
  none: "No plan yet",
  noneText: "A plan comes of a scenario that is solved: as the district stands, or with changes.",
  gone: "The plan that the address names is not there any more, or is of another area.",
  make: "To the scenarios",
  table: "Plans",
  plan: "Plan",
  made: "Made",
  status: "Status",
} as const;
