import { netOf, type ProviderConfig } from "@trivium/api";
import { InputError } from "@trivium/model";
import { z } from "zod";
import { CACHE_DIR, STATE_DIR } from "./places.ts";

const nets = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((text) =>
      text
        .split(",")
        .map((net) => net.trim())
        .filter(Boolean),
    )
    .refine((given) => given.every(isNet), {
      error: "expected addresses and networks such as 10.2.0.0/16, parted by commas",
    });

/** Everything that Trivium reads from the environment, in this one place; an empty variable is an absent one. */
const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Keeps the audit log's chain; the same on every machine. Unset: made in TRIVIUM_HOME at the first start. */
  TRIVIUM_SECRET: z.string().min(32).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Beyond the loopback only once somebody has been given a way in. */
  HOST: z.union([z.ipv4(), z.ipv6(), z.literal("localhost")]).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Where `trivium worker` says on the loopback whether it is alive (/healthz) and ready (/readyz); unset: nowhere. */
  HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** The district's OpenID Connect provider, by which people sign in; with all three, and PUBLIC_URL for the way back. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Where people reach this server: https://trivium.district.org */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  /** Addresses and networks of the district's own that webhooks may go to: 10.2.0.0/16, 192.168.4.7. Default: public ones only. */
  WEBHOOK_ALLOW: nets(""),
  /** Proxies before this server, whose X-Forwarded-For says where a call comes from. Default: those on this machine. */
  TRUSTED_PROXIES: nets("127.0.0.0/8,::1"),
  /** Megabytes that one solve may hold. Unset: three fifths of the machine's memory, divided by the solves at a time. */
  SOLVE_MEMORY_MB: z.coerce.number().int().min(64).optional(),
  /** Threads that this process has for the parts of a large solve. Unset: one a core. */
  SOLVE_THREADS: z.coerce.number().int().min(1).max(1024).optional(),
  /** Solves that may wait, of all; of one person half of them. */
  QUEUE_MAX: z.coerce.number().int().min(1).max(1_000_000).default(1000),
  /** What is told on stderr as lines of JSON, from this level up. */
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("warn"),
  /** Where the embedded store and the maps lie. */
  TRIVIUM_HOME: z.string().default(STATE_DIR),
  /** An OSRM server that is there, on the districts' maps: it answers all drives. */
  OSRM_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Who answers drives where OSRM_URL names no server: the embedded engine, or an OSRM that Trivium starts. */
  ROADS_ENGINE: z.enum(["embedded", "osrm"]).default("embedded"),
  /** Folder with OSRM's programs, for ROADS_ENGINE=osrm; else the PATH is searched, else they are fetched from PyPI. */
  OSRM_BIN: z.string().optional(),
  /** Where prepared road maps lie, which can be made again. */
  TRIVIUM_CACHE: z.string().default(CACHE_DIR),
});
/** Every variable that is read. */
export const ENVIRONMENT_NAMES: readonly string[] = Object.keys(environmentSchema.shape);
export type Environment = z.infer<typeof environmentSchema>;

/** The identity provider, where all that it needs is given. @throws InputError bad-environment where only a part is */
export function providerOf({
  OIDC_ISSUER,
  OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET,
  PUBLIC_URL,
}: Environment): ProviderConfig | undefined {
  if (OIDC_ISSUER === undefined && OIDC_CLIENT_ID === undefined && OIDC_CLIENT_SECRET === undefined) return undefined;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET || !PUBLIC_URL)
    throw new InputError(
      "bad-environment",
      "signing in by an identity provider needs OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL",
    );
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, publicUrl: PUBLIC_URL };
}

/** @throws InputError bad-environment with every variable that is wrong */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success)
    throw new InputError("bad-environment", `the environment is not usable:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** What was read, for the terminal: where things are, never a password. `roads`: who answers drives. */
export function describeEnvironment({ DATABASE_URL, REDIS_URL, TRIVIUM_HOME }: Environment, roads?: string): string {
  const store = DATABASE_URL === undefined ? TRIVIUM_HOME : `Postgres at ${new URL(DATABASE_URL).host}`;
  const queue = REDIS_URL === undefined ? "threads of this process" : `Redis at ${new URL(REDIS_URL).host}`;
  return `store ${store}; work carried by ${queue}${roads === undefined ? "" : `; drives by ${roads}`}`;
}

const SECRET = /SECRET|PASSWORD|TOKEN|_KEY/;

/** Every variable that holds, as it may be told: of a URL no user, password or path, of a secret only that it is set. */
export function shownEnvironment(environment: Environment): Record<string, string> {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, SECRET.test(name) ? "set" : shownValue(String(value))]),
  );
}

function shownValue(text: string): string {
  if (!URL.canParse(text)) return text;
  const { protocol, host } = new URL(text);
  return host === "" ? text : `${protocol}//${host}`;
}

function isNet(text: string): boolean {
  try {
    netOf(text);
    return true;
  } catch {
    return false;
  }
}
