import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { unpackedPackages, withLibraries } from "./debian.ts";

const FONTS = fileURLToPath(new URL("../../node_modules/dejavu-fonts-ttf/ttf", import.meta.url));

/**
 * A real Chromium without a window, brought into the checkout's `.cache/` from Debian's packages. Its letters are DejaVu's on every
 * machine, so that what is wide on one is not narrow on the next.
 * @throws where it can neither be found nor fetched: tests of the pages are never skipped
 */
export async function startChromium(): Promise<Browser> {
  const home = await unpackedPackages("chromium", ["chromium", "chromium-common"]);
  const env = await withLibraries(home);
  return chromium.launch({
    executablePath: join(home, "usr/lib/chromium/chromium"),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
    env: {
      ...definedOf(env),
      LD_LIBRARY_PATH: withPrivate(env.LD_LIBRARY_PATH ?? ""),
      FONTCONFIG_FILE: fontConfig(join(home, "trivium-fonts/fonts.conf")),
    },
  });
}

/** Pulseaudio keeps a library that Chromium's are linked to in a folder of its own. */
const withPrivate = (libraries: string): string =>
  [libraries, ...libraries.split(":").map((dir) => join(dir, "pulseaudio"))].join(":");

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

function fontConfig(path: string): string {
  const cache = dirname(path);
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${FONTS}</dir><cachedir>${cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias></fontconfig>
`,
  );
  return path;
}
