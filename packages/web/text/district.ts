export const district = {
  datasets: {
    title: "District data",
    intro: "Each load is a snapshot that never changes; plans name the one they rest on.",
    upload: "Load data",
    table: "Datasets",
    district: "District",
    year: "School year",
    loaded: "Loaded",
    warnings: "Warnings",
    snapshot: "Snapshot",
    newest: "newest",
  },
} as const;
