import type { Random } from "@trivium/engine";
import { brokenPairs, type Individual } from "./individual.ts";

/** Plans kept at least, and born before the worst are let go; those kept for their cost alone; those nearest, by which diversity is measured. */
const KEPT = 12;
const BORN = 20;
const ELITE = 4;
const NEAREST = 3;

/**
 * Plans that keep all rules and plans that do not, each thinned out by cost and by how much they differ from the others.
 * @see Vidal 2022, Computers & OR 140:105643, §3.4 (biased fitness, survivors)
 */
export class Population {
  readonly #random: Random;
  readonly #kept: Member[] = [];
  readonly #broken: Member[] = [];
  best: Individual | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  add(individual: Individual): void {
    const group = individual.feasible ? this.#kept : this.#broken;
    const member: Member = { of: individual, apart: new Map(), fitness: 0 };
    for (const each of group) {
      const apart = brokenPairs(each.of, individual);
      if (apart === 0 && each.of.cost <= individual.cost) {
        unlink(group, member);
        return;
      }
      each.apart.set(member, apart);
      member.apart.set(each, apart);
    }
    group.push(member);
    if (individual.feasible && (this.best === null || individual.cost < this.best.cost)) this.best = individual;
    rank(group);
    if (group.length > KEPT + BORN)
      while (group.length > KEPT) {
        dropWorst(group);
        rank(group);
      }
  }

  /** Two parents, each the better of two drawn. */
  parents(): [Individual, Individual] {
    const all = [...this.#kept, ...this.#broken];
    const pick = () => {
      const [a, b] = [all[this.#random.below(all.length)], all[this.#random.below(all.length)]];
      return a.fitness <= b.fitness ? a.of : b.of;
    };
    const first = pick();
    let second = pick();
    for (let i = 0; i < 10 && second === first; i++) second = pick();
    return [first, second];
  }

  /** The cheapest plans that keep all rules, cheapest first. */
  elites(count: number): Individual[] {
    return [...this.#kept]
      .sort(cheapest)
      .slice(0, count)
      .map(({ of }) => of);
  }

  /** Drops all but the best, to begin anew. */
  clear(): void {
    this.#kept.length = 0;
    this.#broken.length = 0;
  }

  get size(): number {
    return this.#kept.length + this.#broken.length;
  }
}

/** A plan of a group, its differences from the others of the group, and how it ranks among them. */
interface Member {
  readonly of: Individual;
  readonly apart: Map<Member, number>;
  fitness: number;
}

const cheapest = (a: Member, b: Member) => a.of.cost - b.of.cost;

/** Rank by cost, with the rank by diversity added in as far as the plan is not among the elite. */
function rank(group: readonly Member[]): void {
  const weight = group.length <= ELITE ? 0 : 1 - ELITE / group.length;
  const diversity = new Map(group.map((each) => [each, diversityOf(each)]));
  [...group].sort(cheapest).forEach((each, place) => {
    each.fitness = place;
  });
  [...group]
    .sort((a, b) => (diversity.get(b) as number) - (diversity.get(a) as number))
    .forEach((each, place) => {
      each.fitness = (each.fitness + weight * place) / group.length;
    });
}

/** Mean difference from the plans most alike. */
function diversityOf({ apart }: Member): number {
  const nearest = [...apart.values()].sort((a, b) => a - b).slice(0, NEAREST);
  return nearest.length === 0 ? 1 : nearest.reduce((sum, each) => sum + each, 0) / nearest.length;
}

/** Takes the least fit out, one with a twin before all others; never the cheapest. */
function dropWorst(group: Member[]): void {
  const first = [...group].sort(cheapest)[0];
  const hasTwin = ({ apart }: Member) => [...apart.values()].includes(0);
  const [worst] = group
    .filter((each) => each !== first)
    .sort((a, b) => Number(hasTwin(b)) - Number(hasTwin(a)) || b.fitness - a.fitness);
  group.splice(group.indexOf(worst), 1);
  for (const each of group) each.apart.delete(worst);
}

/** A twin that is not taken in leaves no trace. */
function unlink(group: readonly Member[], member: Member): void {
  for (const each of group) each.apart.delete(member);
}
