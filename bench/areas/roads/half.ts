import { parentPort, workerData } from "node:worker_threads";
import type { LatLon } from "@trivium/model";
import { openMap } from "@trivium/roads";

/** A thread that answers its share of a matrix: opens the map, says so, and at each message makes its rows. */
const { map, shared, sources, targets } = workerData as {
  map: string;
  shared: SharedArrayBuffer;
  sources: LatLon[];
  targets: LatLon[];
};
const roads = await openMap(map, { shared, engine: { engine: "embedded" } });
await roads.matrix(sources.slice(0, 50), targets.slice(0, 50), 0);
parentPort!.on("message", async () => {
  const { durationsS, distancesM } = await roads.matrix(sources, targets, 0);
  parentPort!.postMessage(
    [durationsS, distancesM],
    [durationsS.buffer as ArrayBuffer, distancesM.buffer as ArrayBuffer],
  );
});
parentPort!.postMessage("ready");
