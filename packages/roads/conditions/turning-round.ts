import { Growing } from "../map/growing.ts";
import { type BusNet, originalOf } from "../map/road-map.ts";
import { TURN_S } from "../profile.ts";

/**
 * The bus net with a way out of every street that closures have made a dead end: a bus that cannot go on at a barrier turns round there,
 * as it does at the end of any street. A net without closures is returned as it is.
 */
export function turningRound(net: BusNet, closed: Uint8Array): BusNet {
  if (!closed.includes(1)) return net;
  const turnStart = new Growing([0]);
  const turnTo = new Growing();
  const turnMs = new Growing();
  const open = (arc: number) => net.alive[arc] === 1 && closed[arc >> 1] === 0;
  for (let arc = 0; arc < net.from.length * 2; arc++) {
    let exits = 0;
    for (let turn = net.turnStart[arc]!; turn < net.turnStart[arc + 1]!; turn++) {
      turnTo.push(net.turnTo[turn]!);
      turnMs.push(net.turnMs[turn]!);
      if (open(net.turnTo[turn]!)) exits++;
    }
    const back = originalOf(net, arc) ^ 1;
    if (exits === 0 && open(arc) && open(back)) {
      turnTo.push(back);
      turnMs.push(TURN_S.uTurn * 1000);
    }
    turnStart.push(turnTo.length);
  }
  return { ...net, turnStart: turnStart.uint32(), turnTo: turnTo.uint32(), turnMs: turnMs.uint32() };
}
