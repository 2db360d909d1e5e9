/** Temperature, in points of the penalty, at which the annealing begins and ends; one point is the least that anything costs. */
const HOT = 15;
const COLD = 0.5;

/** Geometric cooling over the whole solve. @param share of it that is done, from 0 to 1 */
export const temperatureAt = (share: number): number => HOT * (COLD / HOT) ** share;
