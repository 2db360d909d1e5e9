import { strFromU8, type Unzipped, unzip, zip } from "fflate";

/** A district's files by their paths, as they were dropped or chosen. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Out of what was dropped: folders are walked through. */
export async function filesOfDrop(items: DataTransferItemList): Promise<File[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [withPath(file, entry.fullPath.replace(/^\//, ""))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  // A browser hands out a folder's entries in parts; an empty one is the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) break;
    inside.push(...part);
  }
  return (await Promise.all(inside.map(filesOfEntry))).flat();
}

const paths = new WeakMap<File, string>();
function withPath(file: File, path: string): File {
  paths.set(file, path);
  return file;
}
const pathOf = (file: File): string => paths.get(file) ?? (file.webkitRelativePath || file.name);

/** What archivers and systems leave in folders. */
const NOISE = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/;

/** The files' content by path; zips are opened, and a folder around everything is taken off. */
export async function readFiles(files: readonly File[]): Promise<Files> {
  const read = new Map<string, Uint8Array>();
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (/\.zip$/i.test(file.name)) for (const [path, content] of await unzipped(bytes)) read.set(path, content);
    else read.set(pathOf(file), bytes);
  }
  const kept = [...read].filter(([path]) => !NOISE.test(path) && !path.endsWith("/"));
  const root = commonFolder(kept.map(([path]) => path));
  return new Map(kept.map(([path, bytes]) => [path.slice(root.length), bytes]));
}

function commonFolder(all: readonly string[]): string {
  const root = all[0]?.includes("/") ? all[0].slice(0, all[0].indexOf("/") + 1) : "";
  return root !== "" && all.every((path) => path.startsWith(root)) && !KNOWN_FOLDERS.has(root) ? root : "";
}
/** Folders of a district are no wrapping: somebody may drop one of them by itself. */
const KNOWN_FOLDERS = new Set(["scheduling/", "transportation/", "facilities/", "roads/"]);

function unzipped(bytes: Uint8Array): Promise<[string, Uint8Array][]> {
  return new Promise((resolve, reject) =>
    unzip(bytes, (error: Error | null, found: Unzipped) => (error ? reject(error) : resolve(Object.entries(found)))),
  );
}

export function zipped(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) =>
    zip(Object.fromEntries(files), { level: 6 }, (error, bytes) =>
      error ? reject(error) : resolve(bytes as Uint8Array<ArrayBuffer>),
    ),
  );
}

export const textOf = (bytes: Uint8Array): string => strFromU8(bytes).replace(/^\uFEFF/, "");
