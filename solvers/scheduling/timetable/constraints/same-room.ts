/** SameRoom. @returns whether two rooms break it; being without a room is a room of its own */
export const differInRoom = (roomA: number, roomB: number): boolean => roomA !== roomB;
