import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { fetchWheel, WHEEL_VERSION } from "./wheel.ts";

const scratch = mkdtempSync(join(tmpdir(), "trivium-wheel-"));
const closing: (() => void)[] = [() => rmSync(scratch, { recursive: true, force: true })];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) close();
});

/** A package index with one wheel for every platform, and no pip on the machine. */
async function index(bytes: Buffer, sha256: string): Promise<void> {
  const names = ["manylinux_2_28_x86_64", "manylinux_2_28_aarch64", "macosx_15_0_arm64", "macosx_15_0_x86_64"];
  const files = ["1.0.0", WHEEL_VERSION].flatMap((version) =>
    names.map((platform) => ({
      filename: `osrm_bindings-${version}-cp312-abi3-${platform}.whl`,
      url: `../../files/${version}`,
      hashes: { sha256 },
    })),
  );
  const server = createServer(({ url }, response) => {
    if (url === "/simple/osrm-bindings/") response.end(JSON.stringify({ files }));
    else if (url === `/files/${WHEEL_VERSION}`) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  vi.stubEnv("PATH", scratch);
  vi.stubEnv("PIP_INDEX_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`);
}

test("without pip the wheel comes from the index itself, in the version and for the platform that is wanted", async () => {
  const bytes = Buffer.from("a wheel");
  await index(bytes, createHash("sha256").update(bytes).digest("hex"));
  expect(Buffer.from(await fetchWheel(join(scratch, "a"))).toString()).toBe("a wheel");
});

test("a wheel that is not the one that its hash names is refused", async () => {
  await index(Buffer.from("another wheel"), createHash("sha256").update("a wheel").digest("hex"));
  await expect(fetchWheel(join(scratch, "b"))).rejects.toMatchObject({
    code: "osrm-fetch",
    message: expect.stringMatching(/is not the one that its hash names.*OSRM_BIN/s),
  });
});
