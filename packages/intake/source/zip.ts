import { InputError } from "@trivium/model";
import { Unzip, UnzipInflate, unzipSync } from "fflate";

/** What a district's zip may be at most; beyond it, it is taken for a bomb. */
export const ZIP_LIMITS = {
  entries: 2_000,
  /** All entries unpacked. */
  totalBytes: 1024 * 1024 * 1024,
  /** Unpacked / packed, looked at from 10 MB unpacked on: tables of repeated ids pack well, but never like this. */
  ratio: 300,
} as const;

const RATIO_FROM_BYTES = 10 * 1024 * 1024;
/** Packed bytes given to the inflater at once: deflate unpacks at most 1,032-fold, so this bounds what one step can take. */
const STEP_BYTES = 16 * 1024;

/**
 * Files of a zip by their path. The directory is judged before anything is unpacked; while unpacking, an entry that
 * holds more than it declared stops the reading.
 *
 * @throws InputError zip-unreadable, zip-bomb, zip-unsafe-path, zip-duplicate-entry
 */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const declared = listEntries(bytes);
  const files = new Map<string, Uint8Array>();
  const unzip = new Unzip((entry) => {
    const expected = declared.get(entry.name);
    if (expected === undefined) return;
    const chunks: Uint8Array[] = [];
    let size = 0;
    entry.ondata = (error, chunk, final) => {
      if (error) throw error instanceof InputError ? error : unreadable(`${entry.name}: ${error.message}`);
      size += chunk.length;
      if (size > expected) throw bomb(`${entry.name} holds more than the ${expected} bytes that it declares`);
      chunks.push(chunk);
      if (final) files.set(entry.name, joined(chunks, size));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      unzip.push(bytes.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= bytes.length);
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(error instanceof Error ? error.message : String(error));
  }
  for (const [name, size] of declared) {
    if (files.get(name)?.length !== size) throw unreadable(`${name} is cut short or damaged`);
  }
  return files;
}

/** File entries of the zip's directory with their declared sizes, refused as a whole when one of them is not fit to be read. */
function listEntries(bytes: Uint8Array): Map<string, number> {
  const entries = new Map<string, number>();
  let total = 0;
  let count = 0;
  const judge = (name: string, packed: number, unpacked: number): void => {
    count++;
    if (count > ZIP_LIMITS.entries) throw bomb(`it has more than ${ZIP_LIMITS.entries} entries`);
    if (unsafe(name)) {
      throw new InputError("zip-unsafe-path", `the zip has an entry that leaves its folder: ${name.slice(0, 80)}`, {
        path: name,
      });
    }
    total += unpacked;
    if (total > ZIP_LIMITS.totalBytes) throw bomb(`it unpacks to more than ${ZIP_LIMITS.totalBytes} bytes`);
    if (unpacked > RATIO_FROM_BYTES && unpacked > packed * ZIP_LIMITS.ratio)
      throw bomb(`${name} unpacks ${packed} bytes to ${unpacked}`);
    if (name.endsWith("/")) return;
    if (entries.has(name)) {
      throw new InputError("zip-duplicate-entry", `the zip holds ${name} twice`, { path: name });
    }
    entries.set(name, unpacked);
  };
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        judge(entry.name, entry.size, entry.originalSize);
        return false;
      },
    });
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(error instanceof Error ? error.message : String(error));
  }
  return entries;
}

function unsafe(name: string): boolean {
  return (
    name === "" ||
    name.startsWith("/") ||
    name.includes("\\") ||
    name.includes("\0") ||
    /^[a-z]:/i.test(name) ||
    name.split("/").includes("..")
  );
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const bomb = (why: string): InputError => new InputError("zip-bomb", `the zip is refused: ${why}`);
const unreadable = (why: string): InputError => new InputError("zip-unreadable", `the zip cannot be read: ${why}`);
