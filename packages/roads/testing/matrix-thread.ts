import { parentPort, workerData } from "node:worker_threads";
import type { LatLon } from "@trivium/model";
import { openMap } from "../index.ts";

/** A thread that opens a shared map and answers one matrix. */
const { path, shared, points } = workerData as { path: string; shared: SharedArrayBuffer; points: LatLon[] };
const roads = await openMap(path, { shared, engine: { engine: "embedded" } });
parentPort!.postMessage(await roads.matrix(points, points, 0));
