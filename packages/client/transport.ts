import { errorOf } from "./api-error.ts";

export interface ClientOptions {
  /** An API key's token; without one, the calls are those of whoever the server takes this machine's user, or this browser's session, to be. */
  readonly token?: string;
  /** Of a browser's session, for calls that change something. */
  readonly csrfToken?: string;
  /** For tests and unusual surroundings; default the platform's own. */
  readonly fetch?: typeof fetch;
  /** Before a broken event stream is taken up again; default 1 s. */
  readonly reconnectMs?: number;
}

export interface PageQuery {
  readonly limit?: number;
  readonly after?: string;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

type Body = string | Uint8Array<ArrayBuffer>;

/** As a function of its own: a browser's refuses to be called as somebody's method. */
const platformFetch: typeof fetch = (input, init) => fetch(input, init);

/** Calls of the API, with who makes them. Throws ApiError when the answer is a problem. */
export class Transport {
  readonly #base: string;
  readonly #fetch: typeof fetch;
  readonly #who: Readonly<Record<string, string>>;

  constructor(url: string, { token, csrfToken, fetch = platformFetch }: ClientOptions) {
    this.#base = url.replace(/\/+$/, "");
    this.#fetch = fetch;
    this.#who = {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(csrfToken === undefined ? {} : { "X-CSRF-Token": csrfToken }),
    };
  }

  async get<T>(path: string, query: object = {}): Promise<T> {
    return (await this.call(`${path}${queryOf(query)}`)).json() as Promise<T>;
  }

  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.call(path)).arrayBuffer());
  }

  /** Changes something in place, if it is still at the version that was seen. */
  async change<T>(method: "PUT" | "PATCH" | "DELETE", path: string, version?: number, body?: unknown): Promise<T> {
    const headers = {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(version === undefined ? {} : { "If-Match": `"v${version}"` }),
    };
    const response = await this.call(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** @param key Idempotency-Key: the same call again creates nothing more */
  post<T>(path: string, body?: unknown, key?: string): Promise<T> {
    return this.send(path, body === undefined ? undefined : JSON.stringify(body), "application/json", key);
  }

  async send<T>(path: string, body: Body | undefined, type: string, key?: string): Promise<T> {
    const headers = {
      ...(body === undefined ? {} : { "Content-Type": type }),
      ...(key ? { "Idempotency-Key": key } : {}),
    };
    return (await this.call(path, { method: "POST", headers, body })).json() as Promise<T>;
  }

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...this.#who, ...(init.headers as Record<string, string> | undefined) };
    const response = await this.#fetch(`${this.#base}${path}`, { ...init, headers });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

export function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
