import { prepareMap } from "@trivium/roads";
import { seconds } from "./maps.ts";

/** A process of its own, so that its memory is this map's alone: `preparing.ts MAP CACHE_DIR` prints seconds and peak megabytes. */
const [map, cacheDir] = process.argv.slice(2) as [string, string];
const preparedS = await seconds(() => prepareMap(map, { cacheDir, engine: { engine: "embedded" } }));
console.log(JSON.stringify({ preparedS, peakMb: process.resourceUsage().maxRSS / 1024 }));
