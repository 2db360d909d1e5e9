import { facilitiesError, facilitiesWarning } from "../check.ts";
import { each } from "../view.ts";

const HOURS_MANY = 1_000;

export const workOrderOutside = facilitiesWarning("work-order-outside-life", (view, find) => {
  for (const [order, place] of each(view, "work_orders")) {
    const asset = view.row("assets", "asset_id", order.asset_id);
    if (!asset) continue;
    const before = order.opened < asset.install_date;
    const after = asset.removed_date !== undefined && order.opened > asset.removed_date;
    if (!before && !after) continue;
    find(place, {
      column: "opened",
      value: order.opened,
      message: before
        ? `work order ${order.work_order_id} was opened before asset ${asset.asset_id} was installed on ${asset.install_date}`
        : `work order ${order.work_order_id} was opened after asset ${asset.asset_id} was removed on ${asset.removed_date}`,
      expected: "a date between installation and removal",
      mend: "correct the date, or name the unit that stood there then",
      others: [{ table: "assets", index: view.group("assets", "asset_id").get(asset.asset_id)?.[0] ?? 0 }],
    });
  }
});

export const workOrderReversed = facilitiesWarning("work-order-reversed", (view, find) => {
  for (const [order, place] of each(view, "work_orders")) {
    if (order.closed === undefined || order.closed >= order.opened) continue;
    find(place, {
      column: "closed",
      value: order.closed,
      message: `work order ${order.work_order_id} was closed on ${order.closed}, before it was opened on ${order.opened}`,
      expected: `a date from ${order.opened} on`,
      mend: "correct one of the dates",
    });
  }
});

export const workOrderInFuture = facilitiesWarning("work-order-in-future", (view, find) => {
  const asOf = view.settings.facilities.as_of_date;
  for (const [order, place] of each(view, "work_orders")) {
    if (asOf === undefined || order.opened <= asOf) continue;
    find(place, {
      column: "opened",
      value: order.opened,
      message: `work order ${order.work_order_id} was opened on ${order.opened}, after as_of_date ${asOf}: a forecast may not know it`,
      expected: `a date up to ${asOf}`,
      mend: "correct the date or as_of_date; what happened since belongs in actuals.csv",
    });
  }
});

export const workOrderImprobable = facilitiesWarning("work-order-improbable", (view, find) => {
  for (const [order, place] of each(view, "work_orders")) {
    for (const column of ["labor_hours", "downtime_h"] as const) {
      const hours = order[column];
      if (hours === undefined || hours <= (column === "labor_hours" ? HOURS_MANY : 24 * 365)) continue;
      find(place, {
        column,
        value: hours,
        message: `work order ${order.work_order_id} has ${hours} hours in ${column}`,
        expected: column === "labor_hours" ? `at most ${HOURS_MANY} hours` : "at most a year",
        mend: "check the unit (hours, not minutes)",
      });
    }
  }
});

export const workOrdersBeforeRecords = facilitiesWarning("work-order-before-records", (view, find) => {
  for (const [order, place] of each(view, "work_orders")) {
    const building = view.row("assets", "asset_id", order.asset_id)?.building_id;
    const from = view.row("buildings", "building_id", building)?.work_orders_from;
    if (from === undefined || order.opened >= from) continue;
    find(place, {
      column: "opened",
      value: order.opened,
      message: `work order ${order.work_order_id} is older than ${from}, from which the records of ${building} are complete`,
      expected: `a date from ${from} on`,
      mend: "correct work_orders_from, or acknowledge that older orders are not counted",
    });
  }
});

export const scoreOverScale = facilitiesError("score-over-scale", (view, find) => {
  for (const [assessment, place] of each(view, "assessments")) {
    if (assessment.scale_max === undefined || assessment.score <= assessment.scale_max) continue;
    find(place, {
      column: "score",
      value: assessment.score,
      message: `asset ${assessment.asset_id} scores ${assessment.score} on a scale that ends at ${assessment.scale_max}`,
      expected: `a score up to ${assessment.scale_max}, which is best`,
      mend: "correct the score or scale_max",
    });
  }
});

export const assessmentOutside = facilitiesWarning("assessment-outside-life", (view, find) => {
  const asOf = view.settings.facilities.as_of_date ?? "9999";
  for (const [assessment, place] of each(view, "assessments")) {
    const asset = view.row("assets", "asset_id", assessment.asset_id);
    if (!asset) continue;
    const { date } = assessment;
    if (date >= asset.install_date && date <= (asset.removed_date ?? asOf)) continue;
    find(place, {
      column: "date",
      value: date,
      message: `asset ${asset.asset_id} was assessed on ${date}, when it was not there or after as_of_date`,
      expected: "a date between installation and removal, up to as_of_date",
      mend: "correct the date, or name the unit that stood there then",
    });
  }
});

export const actualBeforeAsOf = facilitiesWarning("actual-before-as-of", (view, find) => {
  const asOf = view.settings.facilities.as_of_date;
  for (const [actual, place] of each(view, "actuals")) {
    if (asOf === undefined || actual.date > asOf) continue;
    find(place, {
      column: "date",
      value: actual.date,
      message: `asset ${actual.asset_id} was ${actual.what} on ${actual.date}, not after as_of_date ${asOf}: the forecast knew it`,
      expected: `a date after ${asOf}`,
      mend: "put it into the register (removed_date) or the work orders",
    });
  }
});
