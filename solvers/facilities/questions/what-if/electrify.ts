import type { Change } from "@trivium/model";
import { numberOf } from "../number.ts";
import { oneIn, repriced, type WhatIf } from "./condition.ts";

/**
 * `{ change: "electrify", asset_type_id, cost_factor, energy_factor }`: whatever replaces a unit of this type, planned or in an emergency, costs so many times
 * as much and has so many times its energy bill.
 */
export const electrify: WhatIf = (problem, question) => {
  const { register, forecast } = problem;
  const ids = register.types.map(({ id }) => id);
  const type = oneIn(question, "asset_type_id", ids);
  const costFactor = numberOf(question, "cost_factor", 1.3, 0.01, 100);
  const energyFactor = numberOf(question, "energy_factor", 0.7, 0, 100);
  const own = Uint8Array.from(forecast.live, (asset) => +(register.type[asset] === type));
  const replacementUsd = problem.replacementUsd.map((usd, a) => (own[a] === 1 ? usd * costFactor : usd));
  const energyNewShare = problem.energyNewShare.map((share, a) => (own[a] === 1 ? energyFactor : share));
  const dearer = Array.from(forecast.live).flatMap((asset, a): Change[] =>
    own[a] === 0 || replacementUsd[a] <= 0 || costFactor === 1
      ? []
      : [
          {
            op: "set",
            table: "assets",
            where: { asset_id: register.assetIds[asset] },
            values: { replacement_cost_usd: Math.round(replacementUsd[a] * 100) / 100 },
          },
        ],
  );
  const electrified = ids.flatMap((id, at) => {
    if (at === type) return [{ asset_type_id: id, energy_factor: energyFactor }];
    const a = forecast.live.findIndex((asset) => register.type[asset] === at);
    const share = a < 0 ? 1 : problem.energyNewShare[a];
    return share === 1 ? [] : [{ asset_type_id: id, energy_factor: share }];
  });
  return {
    what: `${register.types[type].title} replaced at ${costFactor} × the cost, with ${energyFactor} × the energy bill`,
    changes: [...dearer, { op: "settings", area: "facilities", values: { electrify: electrified } }],
    changed: repriced({ ...problem, replacementUsd, energyNewShare }),
  };
};
