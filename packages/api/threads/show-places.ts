import type { Actor } from "@trivium/model";
import { type PackedDataset, unpackDataset } from "@trivium/store";
import { Disguise } from "../privacy/disguise.ts";
import { visiblePlaces } from "../privacy/visible-places.ts";
import { answerRequests } from "./answer-requests.ts";

/** A dataset's places, to be shown to somebody as JSON. */
export interface PlacesRequest {
  readonly dataset: PackedDataset;
  readonly actor: Actor;
  /** The key of the pseudonyms that stand for students; absent: they are told by their ids. */
  readonly studentsKey?: string;
}

answerRequests<PlacesRequest, Uint8Array>(shown, (bytes) => [bytes.buffer as ArrayBuffer]);

async function shown({ dataset: packed, actor, studentsKey }: PlacesRequest): Promise<Uint8Array> {
  const dataset = await unpackDataset(packed);
  const places = visiblePlaces(dataset, actor);
  const students = new Set(dataset.tables.students.map(({ student_id }) => student_id));
  const told = studentsKey === undefined ? places : new Disguise(studentsKey, students).told(places);
  return new TextEncoder().encode(JSON.stringify(told));
}
