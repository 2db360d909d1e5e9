/**
 * Common random numbers: the uniform of (seed, asset, future, life) is the same whatever plan is simulated, so that two plans meet the same
 * futures and their difference is not drowned in chance. A counter hashed, no stream: any draw can be made without those before it.
 *
 * @see "lowbias32" of hash-prospector (C. Wellons) for the mixing constants
 */
export function assetDraws(seed: number, asset: number): number {
  return mix(mix(seed | 0) ^ Math.imul(asset + 1, 0x9e3779b1));
}

/** @param draws of the asset, by `assetDraws` @returns in [0, 1) */
export function draw(draws: number, future: number, life: number): number {
  return (mix(draws + Math.imul(future + 1, 0x85ebca6b) + Math.imul(life, 0xc2b2ae35)) >>> 0) / 4294967296;
}

function mix(word: number): number {
  word ^= word >>> 16;
  word = Math.imul(word, 0x21f0aaad);
  word ^= word >>> 15;
  word = Math.imul(word, 0x735a2d97);
  return word ^ (word >>> 15);
}
