/** A point farther than this from any road that a bus may use is off the map. */
export const OFF_MAP_M = 1000;
