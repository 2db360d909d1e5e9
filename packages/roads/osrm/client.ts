import { setTimeout as sleep } from "node:timers/promises";
import { RoadError } from "@trivium/model";
import OSRM, { type Callback, type LatLng, type Query } from "osrm-client";
import { z } from "zod";

export interface ClientOptions {
  /** A request that takes longer is given up. */
  readonly timeoutMs?: number;
  /** How often a request is sent again when the server could not be reached or answered 5xx or 429. */
  readonly retries?: number;
  readonly profile?: string;
}

const TIMEOUT_MS = 60_000;
const RETRIES = 3;
const FIRST_PAUSE_MS = 100;

/** Services of the 2015 protocol by their names in v1; `locate` went, `nearest` gives what it gave. */
const V1: Readonly<Record<string, string>> = { viaroute: "route", locate: "nearest" };

/** What a proxy before OSRM says of an address or an answer that is too long for it. */
const TOO_BIG = [413, 414, 431];

const codeSchema = z.looseObject({ code: z.string(), message: z.string().optional() });

/**
 * osrm-client, speaking to today's OSRM. Its methods and callbacks are its own; what is replaced is the transport: OSRM's v1 HTTP API over `fetch`
 * (which keeps connections alive), [lat, lon] of the package turned into the protocol's lon,lat, `code` checked, a limit of time, and retries with growing
 * pauses, for nothing but reads.
 *
 * Errors of the callbacks are RoadErrors: osrm-unreachable, osrm-slow, osrm-answer (no JSON, no `code`), and `osrm-` + OSRM's own code
 * (osrm-NoSegment, osrm-TooBig, osrm-InvalidQuery …).
 */
export class OsrmClient extends OSRM {
  private readonly options: Required<ClientOptions>;

  constructor(url: string, { timeoutMs = TIMEOUT_MS, retries = RETRIES, profile = "driving" }: ClientOptions = {}) {
    super(url.replace(/\/+$/, ""));
    this.options = { timeoutMs, retries, profile };
  }

  get url(): string {
    return this._url;
  }

  /** The package's method of that name, as a promise. */
  ask(service: "route" | "table" | "match", query: Query): Promise<unknown>;
  ask(service: "nearest", point: LatLng): Promise<unknown>;
  ask(service: "route" | "table" | "match" | "nearest", input: Query | LatLng): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const callback: Callback = (error, answer) => (error ? reject(error) : resolve(answer));
      if (service === "nearest") this.nearest(input as LatLng, callback);
      else this[service](input as Query, callback);
    });
  }

  protected override _formatLocs(latLngs: readonly LatLng[]): string {
    return latLngs.map(([lat, lon]) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(";");
  }

  protected override _formatStampedLocs(latLngs: readonly LatLng[], timestamps: readonly number[]): string {
    return `${this._formatLocs(latLngs)}?timestamps=${timestamps.join(";")}`;
  }

  protected override _formatOptions(options: Readonly<Record<string, unknown>>): string {
    return Object.entries(options)
      .map(([key, value]) => `${key}=${Array.isArray(value) ? value.join(";") : value}`)
      .join("&");
  }

  protected override _joinParams(first: string, second: string): string {
    if (first === "" || second === "") return first + second;
    return first + (first.includes("?") ? "&" : "?") + second;
  }

  protected override _request(service: string, encodedParams: string, callback: Callback): void {
    const url = `${this._url}/${V1[service] ?? service}/v1/${this.options.profile}/${encodedParams}`;
    this.answer(url).then(
      (answer) => callback(null, answer),
      (error: Error) => callback(error),
    );
  }

  private async answer(url: string): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(url);
      } catch (error) {
        const again = error instanceof RoadError && error.values.retryable === true;
        if (!again || attempt >= this.options.retries) throw error;
        await sleep(FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  private async once(url: string): Promise<unknown> {
    const { timeoutMs } = this.options;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
      text = await response.text();
    } catch (cause) {
      if ((cause as Error).name === "TimeoutError") throw slow(this._url, timeoutMs);
      throw unreachable(this._url, reasonOf(cause));
    }
    if (response.status >= 500 || response.status === 429) throw unreachable(this._url, `HTTP ${response.status}`);
    if (TOO_BIG.includes(response.status) && jsonOf(text) === undefined) throw tooBig(this._url, response.status);
    const parsed = codeSchema.safeParse(jsonOf(text));
    if (!parsed.success) throw notOsrm(this._url, response.status, text);
    const { code, message } = parsed.data;
    if (code === "Ok") return parsed.data;
    throw new RoadError(
      `osrm-${code}`,
      `The OSRM server at ${this._url} refused: ${code}, ${message ?? "no reason"}.`,
      {
        values: { url: this._url, code, message, status: response.status },
      },
    );
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason a level or two down. */
function reasonOf(cause: unknown): string {
  const { message, cause: deeper } = cause as Error;
  const code = (cause as NodeJS.ErrnoException).code;
  return deeper ? reasonOf(deeper) : (code ?? message);
}

function unreachable(url: string, reason: string): RoadError {
  return new RoadError(
    "osrm-unreachable",
    `The OSRM server at ${url} cannot be reached (${reason}). Maybe it is not running, or OSRM_URL is wrong? Without OSRM_URL the embedded engine answers.`,
    { values: { url, reason, retryable: true } },
  );
}

function slow(url: string, timeoutMs: number): RoadError {
  return new RoadError(
    "osrm-slow",
    `The OSRM server at ${url} did not answer within ${timeoutMs / 1000} s. Maybe it is overloaded, or too much was asked at once?`,
    { values: { url, timeoutMs } },
  );
}

function tooBig(url: string, status: number): RoadError {
  return new RoadError(
    "osrm-TooBig",
    `What stands before the OSRM server at ${url} refuses long requests (HTTP ${status}).`,
    {
      values: { url, status },
    },
  );
}

function notOsrm(url: string, status: number, text: string): RoadError {
  return new RoadError(
    "osrm-answer",
    `What answers at ${url} is no OSRM server: HTTP ${status}, "${text.slice(0, 80).replaceAll(/\s+/g, " ")}". Maybe OSRM_URL names another service?`,
    { values: { url, status } },
  );
}
