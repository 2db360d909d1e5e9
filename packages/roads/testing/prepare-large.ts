import { prepareMap } from "../index.ts";

/** A process of its own, so that its memory is this map's alone: prints the report, the peak and what memory there was before, in megabytes. */
const beforeMb = process.resourceUsage().maxRSS / 1024;
const report = await prepareMap(process.argv[2]!, { engine: { engine: "embedded" } });
process.stdout.write(JSON.stringify({ report, beforeMb, peakMb: process.resourceUsage().maxRSS / 1024 }));
