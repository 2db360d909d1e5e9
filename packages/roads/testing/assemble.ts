import { readFileSync, writeFileSync } from "node:fs";
import wabt from "wabt";

const source = new URL("../kernel/kernel.wat", import.meta.url);
const target = new URL("../kernel/kernel.wasm.ts", import.meta.url);

/** The module `kernel/kernel.wasm.ts` as it follows from `kernel.wat`. */
export async function assembled(): Promise<string> {
  const { parseWat } = await wabt();
  const module = parseWat("kernel.wat", Uint8Array.from(readFileSync(source)), { simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  const lines =
    Buffer.from(buffer)
      .toString("base64")
      .match(/.{1,100}/g) ?? [];
  const text = lines.map((line) => `  "${line}",`).join("\n");
  return `/** kernel.wat, assembled; \`node packages/roads/testing/assemble.ts\` writes it anew. */\nexport const KERNEL_WASM = [\n${text}\n].join("");\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(target, await assembled());
