/** Drawn here, so that nothing is fetched: 20 × 20, in the text's colour, hidden from screen readers (the words beside them say it). */
const PATHS = {
  home: "M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z",
  district: "M3 17V7l5-3v3l5-3v3h4v10zM6 10h2m-2 3h2m4-3h2m-2 3h2",
  scenarios: "M5 4v12M5 8c6 0 9-1 9-4M5 12c6 0 9 1 9 4",
  scheduling: "M4 5h12v12H4zM4 9h12M8 3v4m4-4v4M8 9v8m4-8v8",
  routing: "M4 5h11a2 2 0 0 1 2 2v7H4zM4 10h13M7 16.5v-2m7 2v-2M10 5v5",
  facilities: "M4 17V8l6-4 6 4v9zM8 17v-4h4v4M8 9.5h4",
  admin: "M10 3l6 2.5V10c0 3.5-2.5 6-6 7-3.5-1-6-3.5-6-7V5.5z",
  menu: "M3 6h14M3 10h14M3 14h14",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.8m0 12.4V18M2 10h1.8m12.4 0H18M4.3 4.3l1.3 1.3m8.8 8.8 1.3 1.3m0-11.4-1.3 1.3m-8.8 8.8-1.3 1.3",
  question: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM8 8a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4m0 2.3v.1",
  upload: "M10 13V3m0 0L6 7m4-4 4 4M3 13v3a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-3",
  download: "M10 3v10m0 0 4-4m-4 4L6 9M3 13v3a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-3",
  plus: "M10 4v12M4 10h12",
  cross: "M5 5l10 10M15 5 5 15",
  check: "M4 10.5 8 14.5 16 6",
  flag: "M5 17V4h9l-2 3 2 3H5",
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
