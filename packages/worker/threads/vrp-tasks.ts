import { vrpTask } from "@trivium/routing";

/** What a child thread needs to know of generic vehicle routing: its one task. */
export const engine = { tasks: { [vrpTask.name]: vrpTask } };
