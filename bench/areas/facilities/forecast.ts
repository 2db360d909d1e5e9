import { forecastRegister } from "@trivium/facilities";
import { bigRegister } from "../../big-register.ts";
import { district, SAMPLE } from "../../instances.ts";
import type { Row } from "../../measurement.ts";
import { percent } from "./words.ts";

const LIVE_ASSETS = 60_000;
const WORK_ORDERS = 500_000;

/** The forecast: its backtest on the sample district, and its time and memory on a large register. */
export async function* forecastRows(): AsyncGenerator<Row> {
  const sample = forecastRegister(await district(SAMPLE));
  const mean = (method: string, measure: string) => {
    const values = sample.backtest
      .filter((row) => row.method === method && row.measure === measure && row.slice === "all")
      .flatMap((row) => row.value ?? []);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const oldest = "oldest first";
  const ours = "trivium";
  yield {
    what: "backtest on the district's history",
    instance: "sample district",
    result: `sensitivity ${percent(mean(ours, "sensitivity"))}, specificity ${percent(mean(ours, "specificity"))}, expected/observed ${mean(ours, "expected over observed").toFixed(2)}; oldest first: sensitivity ${percent(mean(oldest, "sensitivity"))}`,
    goal: "more sensitive than oldest first",
    met: mean(ours, "sensitivity") > mean(oldest, "sensitivity"),
  };

  const large = bigRegister({ liveAssets: LIVE_ASSETS, workOrders: WORK_ORDERS });
  const start = process.cpuUsage();
  forecastRegister(large);
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  yield {
    what: "full forecast with its backtests: fit, forecast of every asset, 60,000 assets with 500,000 work orders",
    instance: `${large.tables.assets.filter((each) => !each.removed_date).length} live assets, ${large.tables.work_orders.length} work orders`,
    result: `${seconds.toFixed(1)} s of one core; at most ${Math.round(memoryMb)} MB with the tables`,
    goal: "≤ 30 s, 2 GB",
    met: seconds <= 30 && memoryMb <= 2048,
  };
}
