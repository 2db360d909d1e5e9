import { timetableTask } from "@trivium/scheduling";

/** What a child thread needs to know of university timetabling: its one task. */
export const engine = { tasks: { [timetableTask.name]: timetableTask } };
