import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { type ExportFormat, type ExportResources, exportPlan } from "@trivium/intake";
import { type Actor, type Dataset, type Plan, type SchoolIndex, schoolIndex, TABLES, type Table } from "@trivium/model";
import { type Names, type PackedDataset, pseudonym, unpackDataset, unpackPlan } from "@trivium/store";
import { type Zippable, zipSync } from "fflate";
import { Disguise } from "../privacy/disguise.ts";
import { visiblePlan } from "../privacy/visible.ts";
import { answerRequests } from "./answer-requests.ts";

/** A plan, to be shown to somebody as JSON, or as a zip of files: parsing, writing and packing that nobody else shall wait for. */
export interface ShowRequest {
  readonly plan: Uint8Array;
  readonly dataset: PackedDataset | undefined;
  readonly actor: Actor;
  /** The key of the pseudonyms that stand for students; absent: they are told by their ids. */
  readonly studentsKey?: string;
  readonly export?: {
    readonly format: ExportFormat;
    readonly answers: ExportResources["answers"];
    readonly approved: boolean;
    /** Of teachers; absent where they are not told. */
    readonly names?: Names;
    /** When the files were made, as the zip says it: the same plan is the same bytes. */
    readonly at: string;
  };
}

answerRequests<ShowRequest, Uint8Array>(shown, (bytes) => [bytes.buffer as ArrayBuffer]);

async function shown(request: ShowRequest): Promise<Uint8Array> {
  const own = await unpackPlan(request.plan);
  const opened = await about(request);
  const disguise = request.studentsKey === undefined ? undefined : new Disguise(request.studentsKey, opened.students);
  const told = <T>(value: T): T => (disguise ? disguise.told(value) : value);
  const plan = told(visiblePlan(own, opened.schools, request.actor));
  if (!request.export) return new TextEncoder().encode(JSON.stringify(plan));
  const { names, ...how } = request.export;
  const dataset = opened.dataset && named(opened.dataset, names);
  return zipped(plan, dataset && { ...dataset, tables: mapOfStudents(dataset.tables, told) }, how);
}

/** Changes the tables whose rows name students. */
function mapOfStudents(tables: Dataset["tables"], change: <T>(rows: T) => T): Dataset["tables"] {
  const ofStudents = (name: string) => Object.hasOwn((TABLES as Record<string, Table>)[name].columns, "student_id");
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, ofStudents(name) ? change(rows) : rows]),
  ) as unknown as Dataset["tables"];
}

interface About {
  readonly dataset: Dataset | undefined;
  readonly schools: SchoolIndex;
  readonly students: ReadonlySet<string>;
}

/** Of the dataset shown last, what is needed again for every look at its plans. */
let latest: (Omit<About, "dataset"> & { readonly hash: string }) | undefined;

async function about({ dataset: packed, export: exported }: ShowRequest): Promise<About> {
  if (packed && latest?.hash === packed.hash && !exported) return { ...latest, dataset: undefined };
  const dataset = packed && (await unpackDataset(packed));
  const tables = dataset?.tables;
  const found = {
    schools: schoolIndex(tables ?? {}),
    students: new Set(tables?.students.map(({ student_id }) => student_id)),
  };
  if (packed) latest = { hash: packed.hash, ...found };
  return { dataset, ...found };
}

function named(dataset: Dataset, known: Names | undefined): Dataset {
  if (!known) return dataset;
  const teachers = dataset.tables.teachers.map((teacher) => {
    const name = known.names.get(pseudonym(known.key, "teacher", teacher.teacher_id));
    return name === undefined ? teacher : { ...teacher, name };
  });
  return { ...dataset, tables: { ...dataset.tables, teachers } };
}

type How = Omit<NonNullable<ShowRequest["export"]>, "names">;

async function zipped(plan: Plan, dataset: Dataset | undefined, { format, at, ...how }: How): Promise<Uint8Array> {
  const dir = await mkdtemp(join(tmpdir(), "trivium-export-"));
  try {
    const paths = await exportPlan(plan, format, dir, { dataset, ...how });
    const files: Zippable = {};
    for (const path of paths) files[relative(dir, path).split(sep).join("/")] = await readFile(path);
    return zipSync(files, { mtime: at });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
