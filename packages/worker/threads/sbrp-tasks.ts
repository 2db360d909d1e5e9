import { sbrpTask } from "@trivium/routing";

/** What a child thread needs to know of the public school-bus set: its one task. */
export const engine = { tasks: { [sbrpTask.name]: sbrpTask } };
