import type { Dataset } from "@trivium/model";
import { backtest } from "./backtest/backtest.ts";
import { chancesOf, type Forecast, ForecastHistory, type ForecastModel, forecastAssets } from "./forecast/forecast.ts";
import { fitLives } from "./forecast/life-model.ts";
import { modelCardOf } from "./forecast/model-card.ts";
import { type Calendar, readCalendar } from "./plan/fiscal-years.ts";
import { type Funds, mayBuy, readFunds } from "./plan/funds.ts";
import { readMoney } from "./plan/money.ts";
import { priceProjects } from "./plan/price-projects.ts";
import { readRules } from "./plan/rules.ts";
import type { Evidence, FacilitiesProblem } from "./problem.ts";
import { readPlaces } from "./register/places.ts";
import { readRegister } from "./register/read-register.ts";
import { type Register, UNKNOWN_REASON } from "./register/register.ts";

/** The forecast half of a problem. */
type Forecasted = Pick<FacilitiesProblem, "register" | "calendar" | "forecast" | "evidence" | "backtest" | "modelCard">;

/** Reads the register, forecasts every live asset, looks back on what the forecast would have said, and writes its model card. @throws InputError */
export function forecastRegister(dataset: Dataset): Forecasted {
  const calendar = readCalendar(dataset.settings.facilities);
  const register = readRegister(dataset);
  const history = new ForecastHistory(register);
  const model = history.on(calendar.asOfDay);
  const forecast = forecastAssets(register, model, calendar);
  const share = budgetShareAYear(readFunds(dataset, calendar.years), calendar, costOf(register, forecast));
  const tested = backtest(register, calendar.asOfDay, history, share);
  const evidence = evidenceOf(register, calendar, model, forecast);
  const modelCard = modelCardOf(register, model, forecast, tested, evidence);
  return { register, calendar, forecast, evidence, backtest: tested, modelCard };
}

/** Dataset → problem: the forecast, then what every replacement saves. Pure; no clock. @throws InputError */
export function buildProblem(dataset: Dataset): FacilitiesProblem {
  const forecasted = forecastRegister(dataset);
  const { register, calendar, forecast } = forecasted;
  const funds = readFunds(dataset, calendar.years);
  const priced: FacilitiesProblem = {
    ...forecasted,
    places: readPlaces(dataset, register.schoolIds),
    money: readMoney(dataset.settings.facilities, calendar),
    funds,
    rules: readRules(dataset, register, forecast.live, calendar),
    payable: payableBy(register, forecast, funds),
    costUsd: costOf(register, forecast),
    replacementUsd: costOf(register, forecast),
    renews: new Uint8Array(forecast.live.length),
    energyNewShare: energyNewShares(dataset, register, forecast),
    savingUsd: new Float64Array(forecast.live.length * calendar.years.length),
    ifNothingUsd: new Float64Array(forecast.live.length),
    actuals: dataset.tables.actuals,
    todayPlan: dataset.present.has("today_plan") ? dataset.tables.today_plan : null,
  };
  priceProjects(priced);
  return priced;
}

const costOf = (register: Register, { live }: Forecast): Float64Array =>
  Float64Array.from(live, (asset) => register.costUsd[asset] || 0);

/** Share of all live assets, by cost, that the mean year's budgets replace. */
function budgetShareAYear(funds: Funds, calendar: Calendar, costUsd: Float64Array): number {
  const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);
  const all = sum(costUsd);
  return all > 0 ? sum(funds.amountUsd) / calendar.years.length / all : 0;
}

/** `settings.electrify`: the energy bill of what replaces a unit of the type, as a share of the unit's own. */
function energyNewShares(dataset: Dataset, register: Register, { live }: Forecast): Float64Array {
  const factors = new Map(
    (dataset.settings.facilities.electrify ?? []).map((each) => [each.asset_type_id, each.energy_factor]),
  );
  return Float64Array.from(live, (asset) => factors.get(register.types[register.type[asset]].id) ?? 1);
}

function payableBy(register: Register, forecast: Forecast, funds: Funds): Uint8Array {
  const payable = new Uint8Array(forecast.live.length * funds.ids.length);
  forecast.live.forEach((asset, a) => {
    const { uniformat } = register.types[register.type[asset]];
    const school = register.schoolIds[register.school[asset]];
    for (let f = 0; f < funds.ids.length; f++) payable[a * funds.ids.length + f] = +mayBuy(funds, f, uniformat, school);
  });
  return payable;
}

/** Removals without a reason are taken both ways, so that the reader sees what they could change. */
function evidenceOf(register: Register, calendar: Calendar, model: ForecastModel, forecast: Forecast): Evidence {
  const removalsWithoutReason = register.removal.reduce(
    (count, reason, asset) => count + +(reason === UNKNOWN_REASON && register.removedDay[asset] <= calendar.asOfDay),
    0,
  );
  const failures5y = (chances: Float64Array) => chances.reduce((sum, p, at) => sum + (at % 4 === 2 ? p : 0), 0);
  const bound = (unknown: "cut-short" | "failed") =>
    failures5y(
      removalsWithoutReason === 0
        ? forecast.pFail
        : chancesOf(register, { ...model, lives: fitLives(register, calendar.asOfDay, unknown) }, forecast.live),
    );
  return {
    failures: model.lives.failures,
    removalsWithoutReason,
    failures5yLow: bound("cut-short"),
    failures5yHigh: bound("failed"),
  };
}
