/** Text files other than tables are small; a larger one is a mistake or an attack. */
const BYTES_MAX = 8 * 1024 * 1024;
const DEPTH_MAX = 40;

export type ReadJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** Parses a JSON file (BOM allowed). Refused: broken text, deep nesting, and keys that would reach an object's prototype. */
export function readJson(bytes: Uint8Array): ReadJson {
  if (bytes.length > BYTES_MAX) return { ok: false, why: `it is larger than ${BYTES_MAX} bytes` };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, why: "it is not UTF-8 text" };
  }
  if (nestsTooDeep(text)) return { ok: false, why: `it nests deeper than ${DEPTH_MAX} levels` };
  try {
    let forbidden = false;
    const value: unknown = JSON.parse(text, (key, entry) => {
      if (key === "__proto__") forbidden = true;
      return entry;
    });
    return forbidden ? { ok: false, why: "the key __proto__ is not allowed" } : { ok: true, value };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** Counts brackets outside strings, before anything recursive sees the text. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (quoted) {
      if (letter === "\\") i++;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === "{" || letter === "[") {
      if (++depth > DEPTH_MAX) return true;
    } else if (letter === "}" || letter === "]") depth--;
  }
  return false;
}
