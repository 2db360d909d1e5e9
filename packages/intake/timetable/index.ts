export { readTimetableInstance } from "./read-instance.ts";
export { readTimetableSolution } from "./read-solution.ts";
export { writeTimetableSolution } from "./write-solution.ts";
