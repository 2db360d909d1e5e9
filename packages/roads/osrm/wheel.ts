import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { RoadError } from "@trivium/model";
import { z } from "zod";

const run = promisify(execFile);

/** The wheel that is fetched: OSRM 26.10. */
export const WHEEL_VERSION = "26.10.0";
const PROJECT = "osrm-bindings";
const TIMEOUT_MS = 180_000;

/** What a wheel for this machine has at the end of its name. */
const PLATFORMS: Readonly<Record<string, RegExp>> = {
  "linux-x64": /manylinux[^-]*x86_64\.whl$/,
  "linux-arm64": /manylinux[^-]*aarch64\.whl$/,
  "darwin-arm64": /macosx[^-]*(arm64|universal2)\.whl$/,
  "darwin-x64": /macosx[^-]*(x86_64|universal2)\.whl$/,
};

const indexSchema = z.object({
  files: z.array(z.object({ filename: z.string(), url: z.string(), hashes: z.record(z.string(), z.string()) })),
});

/**
 * The bytes of the `osrm-bindings` wheel for this machine. pip is asked first where there is one, because it knows the mirrors, proxies and
 * certificates that a district has set up; else the index that `PIP_INDEX_URL` names, without any Python.
 *
 * @param dir a folder of its own to download into; the caller removes it
 * @throws RoadError osrm-platform, osrm-fetch
 */
export async function fetchWheel(dir: string, signal?: AbortSignal): Promise<Uint8Array> {
  const platform = `${process.platform}-${process.arch}`;
  const fits = PLATFORMS[platform];
  if (fits === undefined) {
    throw new RoadError(
      "osrm-platform",
      `There are no OSRM programs to fetch for ${platform}. Maybe build OSRM and name its folder in OSRM_BIN? The embedded engine needs none.`,
      { values: { platform } },
    );
  }
  const said: string[] = [];
  for (const way of [byPip, byIndex]) {
    try {
      return await way(dir, fits, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      said.push(
        String((cause as Error).message)
          .trim()
          .split("\n")
          .at(-1) ?? "",
      );
    }
  }
  throw new RoadError(
    "osrm-fetch",
    `OSRM's programs could not be fetched (${PROJECT} ${WHEEL_VERSION}): ${said.join("; ")}. Maybe install pip, name a package index in PIP_INDEX_URL, a folder with OSRM's programs in OSRM_BIN, or a server in OSRM_URL; the embedded engine needs neither.`,
    { values: { said } },
  );
}

async function byPip(dir: string, fits: RegExp, signal?: AbortSignal): Promise<Uint8Array> {
  await mkdir(dir, { recursive: true });
  const download = ["download", "--only-binary", ":all:", "--python-version", "3.12", "--no-deps", "--quiet"];
  await run("pip", [...download, "--dest", dir, `${PROJECT}==${WHEEL_VERSION}`], { timeout: TIMEOUT_MS, signal });
  const name = (await readdir(dir)).find((each) => fits.test(each));
  if (name === undefined) throw new Error("pip brought no wheel for this machine");
  return readFile(join(dir, name));
}

async function byIndex(_dir: string, fits: RegExp, signal?: AbortSignal): Promise<Uint8Array> {
  const index = process.env.PIP_INDEX_URL?.replace(/\/$/, "");
  if (!index) throw new Error("no package index is named (PIP_INDEX_URL)");
  const page = await get(`${index}/${PROJECT}/`, { accept: "application/vnd.pypi.simple.v1+json" }, signal);
  const { files } = indexSchema.parse(await page.json());
  const file = files.find(({ filename }) => filename.includes(`-${WHEEL_VERSION}-`) && fits.test(filename));
  if (file === undefined) throw new Error(`${index} has no wheel for this machine`);
  const bytes = new Uint8Array(await (await get(new URL(file.url, page.url).href, {}, signal)).arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== file.hashes.sha256) throw new Error(`the wheel from ${index} is not the one that its hash names`);
  return bytes;
}

async function get(url: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}
