import { type Finding, InputError, type VroomDocument, type VroomVisit, vroomDocumentSchema } from "@trivium/model";

const FINDINGS_MAX = 200;

/**
 * A document that can be solved: shapes, ids, references, windows and matrices, everything that is wrong at once.
 * @param withRoads locations may stand without matrices
 * @throws InputError bad-vroom with all findings; `column` is the path in the document
 */
export function checkVroom(input: unknown, withRoads: boolean): VroomDocument {
  const parsed = vroomDocumentSchema.safeParse(input);
  const findings: Finding[] = [];
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      found(findings, textOf(path), undefined, message, "Mend this value.");
    throw problems(findings);
  }
  const document = parsed.data;
  checkIds(document, findings);
  checkWindows(document, findings);
  checkAmounts(document, findings);
  checkMatrices(document, findings);
  checkPlaces(document, findings, withRoads);
  checkReferences(document, findings);
  if (findings.length > 0) throw problems(findings);
  return document;
}

export const profileOf = (profile: string | undefined): string => profile ?? "car";

/** Matrices by profile, the old `matrix` among them. */
export function matricesOf(document: VroomDocument): NonNullable<VroomDocument["matrices"]> {
  return document.matrix ? { car: { durations: document.matrix }, ...document.matrices } : (document.matrices ?? {});
}

export const usesMatrices = (document: VroomDocument): boolean => Object.keys(matricesOf(document)).length > 0;

/** Every call of the document with its path. */
export function visitsOf({ jobs = [], shipments = [] }: VroomDocument): { path: string; visit: VroomVisit }[] {
  return [
    ...jobs.map((visit, i) => ({ path: `jobs[${i}]`, visit })),
    ...shipments.flatMap(({ pickup, delivery }, i) => [
      { path: `shipments[${i}].pickup`, visit: pickup },
      { path: `shipments[${i}].delivery`, visit: delivery },
    ]),
  ];
}

function found(findings: Finding[], column: string, value: unknown, expected: string, mend: string): void {
  const shown = value === undefined ? undefined : JSON.stringify(value);
  findings.push({
    code: "bad-vroom",
    severity: "error",
    area: "routing",
    file: "document",
    column,
    ...(shown === undefined ? {} : { value: shown }),
    expected,
    mend,
    message: `${column}${shown === undefined ? "" : ` is ${shown}`}: ${expected}`,
  });
}

function problems(findings: readonly Finding[]): InputError {
  const shown = findings.slice(0, FINDINGS_MAX);
  return new InputError(
    "bad-vroom",
    `The document has ${findings.length} ${findings.length === 1 ? "problem" : "problems"}, the first: ${shown[0].message}. Maybe compare it with VROOM's docs/API.md?`,
    { findings: shown },
  );
}

const textOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  ) || "document";

function checkIds({ jobs = [], shipments = [], vehicles }: VroomDocument, findings: Finding[]): void {
  if (jobs.length + shipments.length === 0)
    found(findings, "jobs", [], "at least one job or shipment", "Add what is to be served.");
  const unique = (ids: readonly number[], path: (i: number) => string) => {
    const seen = new Set<number>();
    ids.forEach((id, i) => {
      if (seen.has(id))
        found(findings, path(i), id, "an id that no other one of its kind has", "Give it an id of its own.");
      seen.add(id);
    });
  };
  unique(
    jobs.map(({ id }) => id),
    (i) => `jobs[${i}].id`,
  );
  unique(
    shipments.map(({ pickup }) => pickup.id),
    (i) => `shipments[${i}].pickup.id`,
  );
  unique(
    shipments.map(({ delivery }) => delivery.id),
    (i) => `shipments[${i}].delivery.id`,
  );
  unique(
    vehicles.map(({ id }) => id),
    (i) => `vehicles[${i}].id`,
  );
  vehicles.forEach(({ breaks = [] }, v) => {
    unique(
      breaks.map(({ id }) => id),
      (i) => `vehicles[${v}].breaks[${i}].id`,
    );
  });
}

function checkWindows(document: VroomDocument, findings: Finding[]): void {
  const ascending = (windows: readonly (readonly [number, number])[], path: string) =>
    windows.forEach(([begin, end], w) => {
      if (begin > end) found(findings, `${path}[${w}]`, [begin, end], "begin ≤ end", "Swap the two.");
      if (w > 0 && begin <= windows[w - 1][1])
        found(
          findings,
          `${path}[${w}]`,
          [begin, end],
          "windows in order, none touching the one before",
          "Sort or join them.",
        );
    });
  for (const { path, visit } of visitsOf(document)) ascending(visit.time_windows ?? [], `${path}.time_windows`);
  document.vehicles.forEach(({ time_window, breaks = [] }, v) => {
    if (time_window) ascending([time_window], `vehicles[${v}].time_window`);
    breaks.forEach(({ time_windows = [] }, b) => {
      ascending(time_windows, `vehicles[${v}].breaks[${b}].time_windows`);
    });
  });
}

/** All amounts have as many dimensions as the first vehicle's capacity; absent = none. */
function checkAmounts({ jobs = [], shipments = [], vehicles }: VroomDocument, findings: Finding[]): void {
  const all = [
    ...vehicles.map(({ capacity }, i) => ({ path: `vehicles[${i}].capacity`, amounts: capacity })),
    ...jobs.flatMap(({ delivery, pickup }, i) => [
      { path: `jobs[${i}].delivery`, amounts: delivery },
      { path: `jobs[${i}].pickup`, amounts: pickup },
    ]),
    ...shipments.map(({ amount }, i) => ({ path: `shipments[${i}].amount`, amounts: amount })),
    ...vehicles.flatMap(({ breaks = [] }, v) =>
      breaks.map(({ max_load }, b) => ({ path: `vehicles[${v}].breaks[${b}].max_load`, amounts: max_load })),
    ),
  ].filter(({ amounts }) => amounts !== undefined);
  const dims = all[0]?.amounts?.length;
  for (const { path, amounts } of all)
    if (amounts?.length !== dims)
      found(
        findings,
        path,
        amounts,
        `${dims} amounts, as in ${all[0].path}`,
        "Give every amount the same number of entries.",
      );
}

function checkMatrices(document: VroomDocument, findings: Finding[]): void {
  const matrices = matricesOf(document);
  const sizes = new Set<number>();
  for (const [profile, each] of Object.entries(matrices)) {
    if (!each.durations)
      found(findings, `matrices.${profile}`, undefined, "durations", "Add matrices.durations of this profile.");
    for (const kind of ["durations", "distances", "costs"] as const) {
      const rows = each[kind];
      if (!rows) continue;
      sizes.add(rows.length);
      rows.forEach((row, r) => {
        if (row.length !== rows.length)
          found(
            findings,
            `matrices.${profile}.${kind}[${r}]`,
            row.length,
            `${rows.length} entries, as many as rows`,
            "Make the matrix square.",
          );
      });
    }
  }
  if (sizes.size > 1)
    found(findings, "matrices", [...sizes], "matrices of one size", "Give all profiles the same locations.");
  document.vehicles.forEach(({ profile, costs, max_distance }, v) => {
    if (sizes.size === 0) return;
    const matrix = matrices[profileOf(profile)];
    if (!matrix)
      found(
        findings,
        `vehicles[${v}].profile`,
        profileOf(profile),
        `one of ${Object.keys(matrices).join(", ")}`,
        "Add its matrix.",
      );
    if (matrix && !matrix.distances && ((costs?.per_km ?? 0) > 0 || max_distance !== undefined))
      found(
        findings,
        `vehicles[${v}]`,
        undefined,
        "distances of its profile, for per_km or max_distance",
        "Add matrices.distances.",
      );
    if (matrix?.costs && (costs?.per_hour !== undefined || costs?.per_km !== undefined))
      found(
        findings,
        `vehicles[${v}].costs`,
        costs,
        "no per_hour or per_km beside a matrix of costs",
        "Leave one of them out.",
      );
  });
}

function checkPlaces(document: VroomDocument, findings: Finding[], withRoads: boolean): void {
  const size = Object.values(matricesOf(document))[0]?.durations?.length;
  const placed = (path: string, location: unknown, index: number | undefined) => {
    if (size !== undefined) {
      if (index === undefined)
        found(findings, path, undefined, "an index, as there are matrices", "Add the row of its location.");
      else if (index >= size) found(findings, path, index, `an index below ${size}`, "Mend the index or the matrices.");
    } else if (location === undefined)
      found(findings, path, undefined, "a location, as there are no matrices", "Add [lon, lat].");
  };
  for (const { path, visit } of visitsOf(document))
    placed(`${path}.location_index`, visit.location, visit.location_index);
  document.vehicles.forEach(({ start, start_index, end, end_index }, v) => {
    if (start !== undefined || start_index !== undefined) placed(`vehicles[${v}].start_index`, start, start_index);
    if (end !== undefined || end_index !== undefined) placed(`vehicles[${v}].end_index`, end, end_index);
    if (start === undefined && start_index === undefined && end === undefined && end_index === undefined)
      found(findings, `vehicles[${v}]`, undefined, "a start or an end", "Add at least one of them.");
  });
  if (size === undefined && !withRoads)
    found(
      findings,
      "matrices",
      undefined,
      "matrices of durations, or a road map to drive on; straight lines are no drives",
      "Add matrices, or give a map (trivium vrp --roads MAP).",
    );
}

function checkReferences({ jobs = [], shipments = [], vehicles }: VroomDocument, findings: Finding[]): void {
  const vehicleIds = new Set(vehicles.map(({ id }) => id));
  const ids = {
    job: new Set(jobs.map(({ id }) => id)),
    pickup: new Set(shipments.map(({ pickup }) => pickup.id)),
    delivery: new Set(shipments.map(({ delivery }) => delivery.id)),
  };
  const pinned = (vehicle: number | undefined, path: string) => {
    if (vehicle !== undefined && !vehicleIds.has(vehicle))
      found(findings, path, vehicle, "the id of a vehicle", "Name one of the vehicles.");
  };
  jobs.forEach(({ vehicle, after }, i) => {
    pinned(vehicle, `jobs[${i}].vehicle`);
    if (after !== undefined && !ids.job.has(after))
      found(findings, `jobs[${i}].after`, after, "the id of a job", "Name one of the jobs.");
  });
  shipments.forEach(({ vehicle }, i) => {
    pinned(vehicle, `shipments[${i}].vehicle`);
  });
  const served = new Set<string>();
  vehicles.forEach(({ steps = [], breaks = [] }, v) => {
    steps.forEach(({ type, id }, s) => {
      const path = `vehicles[${v}].steps[${s}].id`;
      if (type === "start" || type === "end") return;
      const known = type === "break" ? breaks.some((each) => each.id === id) : id !== undefined && ids[type].has(id);
      if (!known) found(findings, path, id, `the id of a ${type}`, "Name one that the document has.");
      const key = type === "break" ? `${v} break ${id}` : `${type} ${id}`;
      if (served.has(key)) found(findings, path, id, "each task in one step only", "Take one of the steps out.");
      served.add(key);
    });
  });
}
