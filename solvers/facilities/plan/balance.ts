import type { Random } from "@trivium/engine";
import { chooseVisits, emptyRelaxation, type RelaxedProblem, relax } from "./bound/lagrangian.ts";
import { dollarPrices, emptyPrices, type Prices } from "./bound/prices.ts";
import { SchoolPrices } from "./bound/school-prices.ts";
import { Ledger } from "./ledger.ts";
import { UNPLANNED } from "./state.ts";

/** Every school's visits and projects, which together nearly keep the rules. */
export interface Balanced {
  /** By live asset: plan year or −1, and fund. */
  readonly year: Int16Array;
  readonly fund: Int16Array;
  /** The prices at which they did. */
  readonly prices: Prices;
}

const PASSES = 60;
/** A row broken by 1 % moves its price by this many percent: in the first pass, and in the last. */
const SOFT = 0.2;
const STIFF = 4;

/**
 * Schools choose in turn, each at prices that follow what all the others have chosen: the relaxed plans break rules because schools alike choose alike;
 * here each sees where money is left. Block coordinate ascent on the augmented Lagrangian (Hestenes 1969; Powell 1969), whose penalty stiffens
 * from pass to pass; a school's choice is kept when it does not lose.
 *
 * @param prices near the lowest bound
 */
export function balance(relaxed: RelaxedProblem, prices: Prices, random: Random, stop: () => boolean): Balanced {
  const { problem, bySchool } = relaxed;
  const first = emptyRelaxation(problem);
  relax(relaxed, prices, first, emptyPrices(problem));
  const ledger = new Ledger(relaxed, prices);
  const { year, fund } = ledger;
  year.set(first.year);
  fund.set(first.fund);
  for (let school = 0; school < bySchool.length; school++) ledger.post(school, 1);
  const pricing = new SchoolPrices(relaxed);
  const order = Int32Array.from(bySchool.keys()).filter((school) => bySchool[school].length > 0);
  for (let pass = 0; pass < PASSES && !stop(); pass++) {
    ledger.stiffen(SOFT * (STIFF / SOFT) ** (pass / (PASSES - 1)));
    random.shuffle(order);
    for (const school of order) {
      chooseAnew(relaxed, ledger, pricing, school, random.unit());
    }
    ledger.learn();
  }
  return { year, fund, prices: ledger.prices };
}

/** @param own part of the school's present spend at which it sees prices */
function chooseAnew(relaxed: RelaxedProblem, ledger: Ledger, pricing: SchoolPrices, school: number, own: number): void {
  const assets = relaxed.bySchool[school];
  const { year, fund } = ledger;
  ledger.carry();
  const before = ledger.worthUsd(school);
  const oldYear = Int16Array.from(assets, (a) => year[a]);
  const oldFund = Int16Array.from(assets, (a) => fund[a]);
  ledger.post(school, own - 1);
  const { chooser } = relaxed;
  pricing.set(school, ledger.now());
  chooseVisits(relaxed, school, pricing.priceOf, pricing.prices.project, pricing.visit);
  ledger.post(school, -own);
  for (const a of assets) year[a] = fund[a] = UNPLANNED;
  // The prices of the school's other spending, then asset by asset at the prices that they make themselves.
  const { obliged: spendPrice } = dollarPrices(relaxed.problem, ledger.now(), school);
  const open = new Uint8Array(spendPrice.length);
  const rows = Array.from({ length: chooser.count }, (_, i) => i);
  for (const i of rows) if (chooser.year[i] >= 0) open[chooser.year[i]] = 1;
  for (let t = 0; t < open.length; t++) if (open[t] === 1) ledger.open(school, t);
  const { costUsd } = relaxed.problem;
  rows.sort((i, j) => costUsd[chooser.asset[j]] - costUsd[chooser.asset[i]] || i - j);
  for (const i of rows) ledger.place(chooser.asset[i], open, spendPrice[0]);
  ledger.post(school, 1);
  if (ledger.worthUsd(school) >= before) return;
  ledger.post(school, -1);
  assets.forEach((a, i) => {
    year[a] = oldYear[i];
    fund[a] = oldFund[i];
  });
  ledger.post(school, 1);
}
