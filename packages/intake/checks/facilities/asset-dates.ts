import { facilitiesError, facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";
import { isLive, typeOf } from "./portfolio.ts";

export const removedBeforeInstalled = facilitiesError("removed-before-installed", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.removed_date === undefined || asset.removed_date >= asset.install_date) continue;
    find(place, {
      column: "removed_date",
      value: asset.removed_date,
      message: `asset ${asset.asset_id} was removed on ${asset.removed_date}, before it was installed on ${asset.install_date}`,
      expected: `a date from ${asset.install_date} on`,
      mend: "correct one of the dates",
    });
  }
});

export const removalIntervalReversed = facilitiesError("removal-interval-reversed", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.removed_after === undefined) continue;
    if (asset.removed_date !== undefined && asset.removed_after <= asset.removed_date) continue;
    find(place, {
      column: "removed_after",
      value: asset.removed_after,
      message: asset.removed_date
        ? `asset ${asset.asset_id} was still there on ${asset.removed_after}, after its removal on ${asset.removed_date}`
        : `asset ${asset.asset_id} has removed_after without removed_date`,
      expected: "the last date on which the unit was seen, not after removed_date",
      mend: "correct the dates, or empty removed_after",
    });
  }
});

export const installedInFuture = facilitiesWarning("installed-in-future", (view, find) => {
  const asOf = view.settings.facilities.as_of_date;
  for (const [asset, place] of each(view, "assets")) {
    if (asOf === undefined || asset.install_date <= asOf) continue;
    find(place, {
      column: "install_date",
      value: asset.install_date,
      message: `asset ${asset.asset_id} is installed on ${asset.install_date}, after as_of_date ${asOf}: it takes no part in the plan`,
      expected: `a date up to ${asOf}`,
      mend: "correct the date, or acknowledge that the unit is only ordered",
    });
  }
});

export const removedInFuture = facilitiesWarning("removed-in-future", (view, find) => {
  const asOf = view.settings.facilities.as_of_date;
  for (const [asset, place] of each(view, "assets")) {
    if (asOf === undefined || asset.removed_date === undefined || asset.removed_date <= asOf) continue;
    find(place, {
      column: "removed_date",
      value: asset.removed_date,
      message: `asset ${asset.asset_id} is removed on ${asset.removed_date}, after as_of_date ${asOf}: it counts as standing`,
      expected: `a date up to ${asOf}`,
      mend: "correct the date; what is to be removed belongs in must_do or the plan",
    });
  }
});

export const registerDateOutside = facilitiesWarning("register-date-outside", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    const seen = asset.register_date;
    if (seen === undefined) continue;
    const late = asset.removed_date !== undefined && seen > asset.removed_date;
    if (seen >= asset.install_date && !late) continue;
    find(place, {
      column: "register_date",
      value: seen,
      message: late
        ? `asset ${asset.asset_id} entered the register on ${seen}, after its removal on ${asset.removed_date}`
        : `asset ${asset.asset_id} entered the register on ${seen}, before it was installed on ${asset.install_date}`,
      expected: "a date between installation and removal",
      mend: "correct the date; empty means in the register since new",
    });
  }
});

export const reasonWithoutRemoval = facilitiesWarning("reason-without-removal", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.removed_reason === undefined || asset.removed_date !== undefined) continue;
    find(place, {
      column: "removed_date",
      message: `asset ${asset.asset_id} was removed (${asset.removed_reason}), but there is no date: it counts as standing`,
      expected: "the date of removal",
      mend: "add the date, or empty removed_reason",
    });
  }
});

export const warrantyBeforeInstall = facilitiesWarning("warranty-before-install", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    if (asset.warranty_until === undefined || asset.warranty_until >= asset.install_date) continue;
    find(place, {
      column: "warranty_until",
      value: asset.warranty_until,
      message: `the warranty of asset ${asset.asset_id} ends on ${asset.warranty_until}, before it was installed`,
      expected: `a date after ${asset.install_date}`,
      mend: "correct one of the dates: it may be the warranty of the unit before",
    });
  }
});

/** Three times the median life is beyond 99.9 % of units at the usual spread. */
const LIVES_OLD = 3;

export const assetVeryOld = facilitiesWarning("asset-very-old", (view, find) => {
  const asOf = view.settings.facilities.as_of_date;
  if (asOf === undefined) return;
  for (const [asset, place] of each(view, "assets")) {
    const life = typeOf(view, asset)?.life_median_years;
    const age = Number(asOf.slice(0, 4)) - Number(asset.install_date.slice(0, 4));
    if (life === undefined || !isLive(view, asset) || age <= LIVES_OLD * life) continue;
    find(place, {
      column: "install_date",
      value: asset.install_date,
      message: `asset ${asset.asset_id} is ${age} years old; half of its type fail by ${life}`,
      expected: `an age up to ${LIVES_OLD * life} years`,
      mend: "look whether the unit has been replaced since, or the date is a default (1900-01-01)",
    });
  }
});

export const installedBeforeBuilding = facilitiesWarning("installed-before-building", (view, find) => {
  for (const [asset, place] of each(view, "assets")) {
    const building = view.row("buildings", "building_id", asset.building_id);
    if (!building || Number(asset.install_date.slice(0, 4)) >= building.year_built) continue;
    find(place, {
      column: "install_date",
      value: asset.install_date,
      message: `asset ${asset.asset_id} was installed on ${asset.install_date}, but ${building.building_id} was built in ${building.year_built}`,
      expected: `a date from ${building.year_built} on`,
      mend: "correct the date, the building or its year",
    });
  }
});
