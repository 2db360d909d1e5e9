import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  AREAS,
  type Dataset,
  emptyTables,
  InputError,
  type IntegrityReport,
  type MapFile,
  sealDataset,
  TABLE_NAMES,
  TABLES,
  type TableName,
  type Tables,
} from "@trivium/model";
import { runChecks } from "./checks/run-checks.ts";
import { DistrictView } from "./checks/view.ts";
import { maybe } from "./nearest.ts";
import { ofSchools } from "./of-schools.ts";
import { fromOneRoster } from "./oneroster/oneroster.ts";
import { areaOfFile, FindingList } from "./report.ts";
import { AREAS_FILE, readAreas } from "./source/areas.ts";
import { readFolder } from "./source/folder.ts";
import { keepMap, looksLikePbf, mapFileAt } from "./source/map-file.ts";
import {
  type FileMapping,
  type Mapping,
  type NamedMapping,
  parseMapping,
  rememberedMapping,
} from "./source/mapping.ts";
import { atDistrictRoot } from "./source/root.ts";
import { readDistrictJson, readSettings, settingsFile } from "./source/settings.ts";
import { readZip } from "./source/zip.ts";
import { checkKeys } from "./tables/keys.ts";
import { checkNeededTables } from "./tables/needed.ts";
import { type ReadTable, readTable } from "./tables/read-table.ts";
import { checkReferences } from "./tables/references.ts";

const MAP_FILE = "roads/map.osm.pbf";

export interface ReadOptions {
  /** An OpenStreetMap extract to use instead of the district's own `roads/map.osm.pbf`. */
  readonly roadsFile?: string;
  /** How files that are not named or laid out as the contract says are read. */
  readonly mapping?: Mapping;
  /** Mappings saved before: where none is given, the one that was made for these files is used. */
  readonly remembered?: readonly NamedMapping[];
  /** Where a map that came inside a zip is put, under its hash; default: a folder of the system's temporary files. */
  readonly mapDir?: string;
}

export interface ReadDistrict {
  /** Null when errors block it. */
  readonly dataset: Dataset | null;
  readonly report: IntegrityReport;
  /** The saved mapping that was used, where none was given. */
  readonly remembered?: string;
}

/**
 * A district folder or .zip as a dataset with its integrity report: every problem at once, nothing partial.
 * @throws InputError no-such-district, bad-mapping, and for a zip: zip-unreadable, zip-bomb, zip-unsafe-path, zip-duplicate-entry, two-districts
 */
export async function readDistrict(path: string, options: ReadOptions = {}): Promise<ReadDistrict> {
  const there = await stat(path).catch(() => undefined);
  if (!there) throw new InputError("no-such-district", `there is no district at ${path}`, { path });
  if (there.isFile()) {
    if (!/\.zip$/i.test(path)) {
      const what = `${basename(path)} is neither a district folder nor a .zip`;
      throw new InputError("no-such-district", `${what}. Maybe its folder is meant`, { path });
    }
    return readDistrictFiles(readZip(await readFile(path)), options);
  }
  const mapping = parseMapping(options.mapping ?? { files: {} });
  const files = await readFolder(path, new Set(mapping.keys()));
  const own = join(path, MAP_FILE);
  const map = (await stat(own).catch(() => undefined)) ? own : undefined;
  return read(files, mapping, options.roadsFile ?? map);
}

/** The same from files in memory (an upload), by their paths inside the district. @throws as {@link readDistrict} */
export async function readDistrictFiles(
  files: ReadonlyMap<string, Uint8Array>,
  options: ReadOptions = {},
): Promise<ReadDistrict> {
  const rooted = atDistrictRoot(files);
  const remembered = options.mapping ? undefined : rememberedMapping(rooted.keys(), options.remembered ?? []);
  const mapping = parseMapping(options.mapping ?? remembered?.mapping ?? { files: {} });
  const map = rooted.get(MAP_FILE);
  rooted.delete(MAP_FILE);
  const kept =
    map && !options.roadsFile ? await keepMap(map, options.mapDir ?? join(tmpdir(), "trivium-maps")) : undefined;
  const district = await read(rooted, mapping, options.roadsFile ?? kept?.path);
  return remembered ? { ...district, remembered: remembered.name } : district;
}

async function read(
  given: ReadonlyMap<string, Uint8Array>,
  mapping: ReadonlyMap<string, FileMapping>,
  mapPath: string | undefined,
): Promise<ReadDistrict> {
  const findings = new FindingList();
  const roster = fromOneRoster(given, findings);
  const files = roster?.files ?? given;
  const district = readDistrictJson(files, findings);
  const settings = readSettings(files, findings);
  const areasGeojson = readAreas(files, findings);
  const map = await readMap(mapPath, findings);
  const read = readTables(files, mapping, findings);
  const unused = unusedFiles(files, mapping, findings);
  checkNeededTables(read, unused, findings);
  for (const table of read.values()) checkKeys(table, findings);
  checkReferences(read, findings);
  const tables = emptyTables() as unknown as Tables;
  for (const [name, table] of read) (tables as Record<string, unknown>)[name] = table.rows;
  const present = new Set(read.keys());
  const broken = new Map([...read].map(([name, table]) => [name, table.broken]));
  const content = { tables, present, settings, areasGeojson };
  runChecks(new DistrictView({ ...content, district, hasMap: map !== undefined, broken }), read, findings);
  const dataset =
    findings.errors > 0 || !district
      ? null
      : sealDataset({
          district,
          tables,
          present,
          settings,
          ...(map ? { map } : {}),
          ...(areasGeojson === undefined ? {} : { areasGeojson }),
        });
  const report = findings.report({
    dataset_hash: dataset?.hash ?? null,
    rows: Object.fromEntries([...read.values()].map(({ file, rows, broken }) => [file, rows.length + broken.length])),
    completeness: [...read.values()].flatMap((table) => table.completeness),
  });
  const told = { ...report, findings: ofSchools(report.findings, read) };
  return { dataset, report: roster?.told(told) ?? told };
}

/** Tables in the contract's order, whatever the order of the files, so that equal content reads alike. */
function readTables(
  files: ReadonlyMap<string, Uint8Array>,
  mapping: ReadonlyMap<string, FileMapping>,
  findings: FindingList,
): Map<TableName, ReadTable> {
  const read = new Map<TableName, ReadTable>();
  for (const name of TABLE_NAMES) {
    const mapped = [...mapping].filter(([, { table }]) => table === name).map(([file]) => file);
    const own = TABLES[name].file;
    const candidates = mapping.has(own) || !files.has(own) ? mapped : [own, ...mapped];
    for (const file of candidates) {
      const bytes = files.get(file);
      if (!bytes) missingMapped(name, file, findings);
      else if (read.has(name)) readTwice(name, file, findings);
      else read.set(name, readTable(name, file, bytes, findings, mapping.get(file)));
    }
  }
  return read;
}

function missingMapped(name: TableName, file: string, findings: FindingList): void {
  findings.add({
    code: "mapped-file-missing",
    severity: "error",
    area: areaOfFile(TABLES[name].file),
    file,
    message: `the mapping reads ${name} from ${file}, which is not there`,
    expected: `a file ${file}`,
    mend: "add the file or correct the column mapping",
  });
}

function readTwice(name: TableName, file: string, findings: FindingList): void {
  findings.add({
    code: "table-given-twice",
    severity: "error",
    area: areaOfFile(TABLES[name].file),
    file,
    message: `${name} is given by more than one file`,
    expected: "one file a table",
    mend: "take one of the files away, or correct the column mapping",
  });
}

/** Tables and settings under names that nothing reads: a slip of the name would otherwise go unseen. */
function unusedFiles(
  files: ReadonlyMap<string, Uint8Array>,
  mapping: ReadonlyMap<string, FileMapping>,
  findings: FindingList,
): string[] {
  const known = [
    "district.json",
    AREAS_FILE,
    ...AREAS.map(settingsFile),
    ...TABLE_NAMES.map((name) => TABLES[name].file as string),
  ];
  const unused = [...files.keys()].filter(
    (file) => /\.(csv|tsv|json)$/i.test(file) && !known.includes(file) && !mapping.has(file),
  );
  for (const file of unused) {
    findings.add({
      code: "unknown-file",
      severity: "warning",
      area: areaOfFile(file),
      file,
      message: `nothing reads ${file}.${maybe(file, known)}`,
      expected: "files that the data formats name, or that a column mapping names",
      mend: "rename the file, map it, or take it away",
    });
  }
  return unused;
}

async function readMap(path: string | undefined, findings: FindingList): Promise<MapFile | undefined> {
  if (path === undefined) return undefined;
  const usable = await looksLikePbf(path).catch(() => undefined);
  if (usable) return mapFileAt(path);
  findings.add({
    code: usable === undefined ? "missing-file" : "bad-map",
    severity: "error",
    area: "roads",
    file: path,
    message: usable === undefined ? `the map ${path} cannot be opened` : `${path} is no OpenStreetMap extract`,
    expected: "a file in OpenStreetMap's PBF format (.osm.pbf)",
    mend: "give the path of an .osm.pbf extract",
  });
  return undefined;
}
