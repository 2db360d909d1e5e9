import type { Dataset } from "@trivium/model";
import { backtest } from "./backtest/backtest.ts";
import { type Forecast, fitForecast, forecastAssets } from "./forecast/forecast.ts";
import { discountedUsd, emptyStream, NOT_REPLACED, streamScratch, writeStream } from "./plan/cost-stream.ts";
import { type Calendar, readCalendar } from "./plan/fiscal-years.ts";
import { type Funds, mayBuy, readFunds } from "./plan/funds.ts";
import { readMoney } from "./plan/money.ts";
import { outlookOf } from "./plan/outlook.ts";
import { readRules } from "./plan/rules.ts";
import type { Evidence, FacilitiesProblem } from "./problem.ts";
import { readPlaces } from "./register/places.ts";
import { readRegister } from "./register/read-register.ts";
import { type Register, UNKNOWN_REASON } from "./register/register.ts";

/** Dataset → problem: reads the register, fits and validates the forecast, prices every replacement. Pure; no clock. @throws InputError */
export function buildProblem(dataset: Dataset): FacilitiesProblem {
  const settings = dataset.settings.facilities;
  const calendar = readCalendar(settings);
  const register = readRegister(dataset);
  const model = fitForecast(register, calendar.asOfDay);
  const forecast = forecastAssets(register, model, calendar);
  const funds = readFunds(dataset, calendar.years);
  const priced: FacilitiesProblem = {
    register,
    places: readPlaces(dataset, register.schoolIds),
    calendar,
    money: readMoney(settings, calendar),
    forecast,
    evidence: evidenceOf(register, calendar, model.lives.failures, forecast),
    funds,
    rules: readRules(dataset, register, forecast.live, calendar),
    payable: payableBy(register, forecast, funds),
    costUsd: Float64Array.from(forecast.live, (asset) => register.costUsd[asset] || 0),
    savingUsd: new Float64Array(forecast.live.length * calendar.years.length),
    ifNothingUsd: new Float64Array(forecast.live.length),
    backtest: backtest(register, calendar.asOfDay),
    actuals: dataset.tables.actuals,
    todayPlan: dataset.present.has("today_plan") ? dataset.tables.today_plan : null,
  };
  priceReplacements(priced);
  return priced;
}

/** Fills `savingUsd` and `ifNothingUsd`. */
function priceReplacements(problem: FacilitiesProblem): void {
  const years = problem.calendar.years.length;
  const stream = emptyStream(years);
  const scratch = streamScratch(years);
  for (let a = 0; a < problem.forecast.live.length; a++) {
    const outlook = outlookOf(problem, a);
    writeStream(outlook, problem.money, NOT_REPLACED, stream, scratch);
    problem.ifNothingUsd[a] = discountedUsd(stream, problem.money);
    for (let year = 0; year < years; year++) {
      writeStream(outlook, problem.money, year, stream, scratch);
      problem.savingUsd[a * years + year] = problem.ifNothingUsd[a] - discountedUsd(stream, problem.money);
    }
  }
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
function evidenceOf(register: Register, calendar: Calendar, failures: number, forecast: Forecast): Evidence {
  const removalsWithoutReason = register.removal.reduce(
    (count, reason, asset) => count + +(reason === UNKNOWN_REASON && register.removedDay[asset] <= calendar.asOfDay),
    0,
  );
  const failures5y = (each: Forecast) => each.pFail.reduce((sum, p, at) => sum + (at % 4 === 2 ? p : 0), 0);
  const bound = (unknown: "cut-short" | "failed") =>
    removalsWithoutReason === 0
      ? failures5y(forecast)
      : failures5y(forecastAssets(register, fitForecast(register, calendar.asOfDay, unknown), calendar));
  return { failures, removalsWithoutReason, failures5yLow: bound("cut-short"), failures5yHigh: bound("failed") };
}
