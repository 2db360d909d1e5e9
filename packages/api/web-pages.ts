import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Context } from "hono";
import type { Api } from "./api.ts";

/** Nothing from elsewhere, no inline script, in no other site's frame. Maps are drawn by workers out of memory, into images out of memory. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
};
/** Their names hold a hash of their content. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/** The built pages of a folder: its files at their names. They are for everybody: what they show comes by calls that are not. */
export function webPages(api: Api, folder: string): (c: Context) => Response | undefined {
  const named = (path: string) => path.startsWith("/assets/") || /^\/[\w-]+\.(js|svg)$/.test(path);
  const files = serveStatic({
    root: folder,
    precompressed: true,
    onFound: (path, c) => {
      c.header("Cache-Control", /[\\/]assets[\\/]/.test(path) ? IMMUTABLE : "no-cache");
      for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    },
  });
  api.use((c, next) => (named(c.req.path) ? files(c, next) : next()));
  const start = readFileSync(join(folder, "index.html"), "utf8");
  /** The app itself, at every address that a person could open. */
  return (c) => {
    if (!["GET", "HEAD"].includes(c.req.method) || !c.req.header("Accept")?.includes("text/html")) return undefined;
    if (/^\/(v1|assets)\//.test(c.req.path)) return undefined;
    return c.html(start, 200, { ...HEADERS, "Cache-Control": "no-cache" }) as Response;
  };
}
