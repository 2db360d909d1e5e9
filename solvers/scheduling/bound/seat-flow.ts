/** Requests as edges from students to courses, both with capacities. */
export interface SeatNetwork {
  /** Edges of student i: start[i] … start[i + 1] − 1. */
  readonly start: Int32Array;
  readonly course: Int32Array;
  readonly student: Int32Array;
  /** 1 = the edge may be used, once. */
  readonly open: Uint8Array;
  readonly studentMax: Int32Array;
  readonly courseMax: Float64Array;
}

/** Maximum flow by greedy filling, then augmenting exchanges (Ford–Fulkerson on unit edges). O(edges) a path. */
export function seatFlow(network: SeatNetwork): number {
  const { start, course, student, open } = network;
  const students = start.length - 1;
  const left = network.studentMax.slice();
  const seats = network.courseMax.slice();
  const taken = new Uint8Array(course.length);
  const holders: Set<number>[] = Array.from(seats, () => new Set());
  let flow = 0;
  const take = (edge: number) => {
    taken[edge] = 1;
    holders[course[edge]].add(edge);
  };
  const release = (edge: number) => {
    taken[edge] = 0;
    holders[course[edge]].delete(edge);
  };
  for (let i = 0; i < students; i++)
    for (let edge = start[i]; edge < start[i + 1]; edge++)
      if (open[edge] === 1 && left[i] > 0 && seats[course[edge]] > 0) {
        take(edge);
        left[i]--;
        seats[course[edge]]--;
        flow++;
      }
  for (let i = 0; i < students; i++) while (left[i] > 0 && augment(i)) flow++;
  return flow;

  function augment(from: number): boolean {
    const viaEdge = new Map<number, number>();
    const heldEdge = new Map<number, number>([[from, -1]]);
    const queue = [from];
    for (const each of queue) {
      for (let edge = start[each]; edge < start[each + 1]; edge++) {
        const to = course[edge];
        if (open[edge] === 0 || taken[edge] === 1 || viaEdge.has(to)) continue;
        viaEdge.set(to, edge);
        if (seats[to] > 0) {
          seats[to]--;
          left[from]--;
          shift(edge, viaEdge, heldEdge);
          return true;
        }
        for (const held of holders[to]) {
          if (heldEdge.has(student[held])) continue;
          heldEdge.set(student[held], held);
          queue.push(student[held]);
        }
      }
    }
    return false;
  }

  function shift(last: number, viaEdge: ReadonlyMap<number, number>, heldEdge: ReadonlyMap<number, number>): void {
    for (let edge = last; ; ) {
      take(edge);
      const held = heldEdge.get(student[edge]) ?? -1;
      if (held < 0) return;
      release(held);
      edge = viaEdge.get(course[held]) ?? -1;
    }
  }
}
