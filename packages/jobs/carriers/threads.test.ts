import { conformance } from "./conformance.ts";
import { ThreadCarrier } from "./threads.ts";

conformance("threads of this process", async () => new ThreadCarrier());
