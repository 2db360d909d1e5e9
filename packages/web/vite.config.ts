import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const API = "http://127.0.0.1:3000";

/** `npx vite packages/web` serves the pages while they are worked on, in front of a `trivium serve` on the usual port. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    target: "es2022",
    // Where it is built is said by build.ts; what lies there is no more than an earlier try.
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The map's own chunk is that large, and fetched only where a map is looked at.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: Object.fromEntries(["/v1", "/healthz", "/readyz", "/docs", "/openapi.json"].map((path) => [path, API])),
  },
});
