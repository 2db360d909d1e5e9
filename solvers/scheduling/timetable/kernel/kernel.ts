import type { TimetableInstance } from "@trivium/model";
import type { Times } from "./times.ts";

/**
 * An instance in flat arrays. Classes, rooms, times, courses, requests and students are numbered from 0; a class without a room is in the room
 * numbered `rooms`, which holds any number of classes. Penalties are already times their weight.
 */
export interface Kernel {
  readonly instance: TimetableInstance;
  readonly times: Times;
  readonly rooms: number;
  /** Slots between two rooms: (rooms + 1)². */
  readonly travel: Int32Array;
  readonly classes: number;
  readonly classIds: readonly string[];
  /** Candidate times of class c: entries timeFrom[c] … timeFrom[c + 1] of `timeOf` and `timeCost`. */
  readonly timeFrom: Int32Array;
  readonly timeOf: Int32Array;
  readonly timeCost: Int32Array;
  readonly roomFrom: Int32Array;
  readonly roomOf: Int32Array;
  readonly roomCost: Int32Array;
  /** 1 where a room cannot be had at a time: room · times + time. */
  readonly blocked: Uint8Array;
  readonly links: Links;
  readonly groups: Groups;
  readonly sectioning: Sectioning;
  /** Classes with more than one value. */
  readonly movable: Int32Array;
  /** A class that no time and room is left for, and why. */
  readonly impossible: string | undefined;
}

/**
 * Constraints between two classes, once from each side. Those of class c: from[c] … from[c + 1], hard ones up to hardTo[c]; of both those for whoever has to
 * get from one to the other (SameAttendees) come first, up to hardTravelTo[c] and softTravelTo[c]: most are of that kind, and are looked at in a shorter way.
 */
export interface Links {
  readonly from: Int32Array;
  readonly hardTravelTo: Int32Array;
  readonly hardTo: Int32Array;
  readonly softTravelTo: Int32Array;
  readonly other: Int32Array;
  readonly code: Int32Array;
  /** Parameter of the kind. */
  readonly parameter: Int32Array;
  /** 1 where the class is the second of the two. */
  readonly second: Uint8Array;
  /** Penalty times weight; 0 where hard. */
  readonly cost: Int32Array;
}

/** Constraints over a whole set of classes. */
export interface Groups {
  readonly count: number;
  readonly code: Int32Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly hard: Uint8Array;
  readonly penalty: Int32Array;
  readonly memberFrom: Int32Array;
  readonly member: Int32Array;
  /** Groups of class c: ofFrom[c] … ofFrom[c + 1] of `of`. */
  readonly ofFrom: Int32Array;
  readonly of: Int32Array;
}

/** Courses, what a student of each may attend, and the requests of the students. */
export interface Sectioning {
  readonly limit: Int32Array;
  /** Class that goes with it, or −1. */
  readonly parent: Int32Array;
  readonly configOf: Int32Array;
  /** Place of its subpart within the configuration. */
  readonly subpartOf: Int32Array;
  readonly courseOf: Int32Array;
  /** Configurations of a course: configFrom[course] …; subparts of a configuration, those with parents after the parents'; classes of a subpart. */
  readonly configFrom: Int32Array;
  readonly subpartFrom: Int32Array;
  readonly classFrom: Int32Array;
  readonly class: Int32Array;
  /** Classes of a course between which a student has a choice. */
  readonly choiceFrom: Int32Array;
  readonly choice: Int32Array;
  /** Most classes that one request takes. */
  readonly stride: number;
  readonly students: number;
  /** Requests of a student: requestFrom[student] …; each is a student's place in a course. */
  readonly requestFrom: Int32Array;
  readonly requestCourse: Int32Array;
  readonly requestStudent: Int32Array;
  readonly studentIds: readonly string[];
  /** What a conflict of one student costs. */
  readonly cost: number;
}
