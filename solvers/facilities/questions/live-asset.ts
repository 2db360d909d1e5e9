import { InputError } from "@trivium/model";
import type { FacilitiesProblem } from "../problem.ts";

/** Place of an asset among the live ones. @throws InputError unknown-asset, asset-not-live */
export function liveAsset(problem: FacilitiesProblem, id: unknown): number {
  const { register, forecast } = problem;
  const a = forecast.live.findIndex((asset) => register.assetIds[asset] === id);
  if (a >= 0) return a;
  const known = typeof id === "string" && register.assetIds.includes(id);
  throw known
    ? new InputError(
        "asset-not-live",
        `asset ${id} was removed or not yet installed on the as-of date. Maybe the one that replaced it`,
        { path: "asset_id", values: { asset_id: id } },
      )
    : new InputError("unknown-asset", `there is no asset ${id}. Maybe a slip in the id`, {
        path: "asset_id",
        values: { asset_id: id },
      });
}
