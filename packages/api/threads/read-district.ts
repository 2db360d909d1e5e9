import { type Mapping, type NamedMapping, type ReadDistrict, readDistrict } from "@trivium/intake";
import { answerRequests } from "./answer-requests.ts";

/** Entry of a thread that reads uploaded districts, one after the other: parsing and checking a large one takes seconds that nobody else shall wait. */
export interface ReadRequest {
  readonly path: string;
  readonly mapDir?: string;
  readonly mapping?: Mapping;
  readonly remembered?: readonly NamedMapping[];
}

answerRequests<ReadRequest, ReadDistrict>(({ path, ...options }) => readDistrict(path, options));
