import { parentPort, type Transferable } from "node:worker_threads";
import { packError } from "@trivium/jobs";
import type { Told } from "./pool.ts";

/** Has this thread answer what its pool asks, errors as themselves. `moved`: what of an answer need not be copied. */
export function answerRequests<R, A>(
  answer: (request: R) => Promise<A>,
  moved: (answer: A) => Transferable[] = () => [],
): void {
  const tell = (told: Told<A>, transferred: Transferable[] = []) => parentPort?.postMessage(told, transferred);
  parentPort?.on("message", async (request: R) => {
    try {
      const answered = await answer(request);
      tell({ answer: answered }, moved(answered));
    } catch (error) {
      tell({ error: packError(error) });
    }
  });
}
