import { type Page, type PageQuery, TriviumClient } from "@trivium/client";

/** Of the session, for calls that change something; null while nobody has one. */
let csrfToken: string | null = null;
export const rememberCsrf = (token: string | null): void => {
  csrfToken = token;
};

const sameOrigin: typeof fetch = (input, init = {}) => {
  const headers = new Headers(init.headers);
  if (csrfToken !== null) headers.set("X-CSRF-Token", csrfToken);
  return fetch(input, { ...init, headers, credentials: "same-origin" });
};

/** The API of the server that these pages came from. */
export const client = new TriviumClient(location.origin, { fetch: sameOrigin });

const PAGE = 200;

/** Every item of a paged list, in its order. */
export async function allOf<T>(page: (query: PageQuery) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined; ; ) {
    const { items: more, next } = await page({ limit: PAGE, after });
    items.push(...more);
    // A list that the server does not page names no next one.
    if (!next) return items;
    after = next;
  }
}

/** Hands a file to the browser to keep. */
export function saveFile(bytes: Uint8Array | Blob, name: string): void {
  const url = URL.createObjectURL(bytes instanceof Blob ? bytes : new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
