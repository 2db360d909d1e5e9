import { scaleLinear } from "d3-scale";
import { MUTED, type Page } from "./page.ts";

/** Values at the chart's years (or other positions), drawn in one of three ways. */
export type Layer =
  | { readonly kind: "bars"; readonly name: string; readonly color: string; readonly values: readonly number[] }
  | {
      readonly kind: "line";
      readonly name: string;
      readonly color: string;
      readonly values: readonly number[];
      readonly dashed?: boolean;
    }
  | {
      /** A range of outcomes; drawn under the lines. */
      readonly kind: "band";
      readonly name: string;
      readonly color: string;
      readonly low: readonly number[];
      readonly high: readonly number[];
    };

export interface Chart {
  readonly title: string;
  /** What stands along the foot, one label a value. */
  readonly labels: readonly string[];
  readonly layers: readonly Layer[];
  /** How a value reads at the axis. */
  readonly format: (value: number) => string;
  readonly height?: number;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  /** Width of one label's place. */
  readonly step: number;
}

const AXIS_WIDTH = 52;
const LABEL_HEIGHT = 14;
const LEGEND_HEIGHT = 14;
const GRID = "#e3e8ee";
const HEIGHT = 150;

/** Bars (stacked), lines and bands over one common axis that begins at 0. */
export function chart(page: Page, { title, labels, layers, format, height = HEIGHT }: Chart): void {
  page.need(height + LABEL_HEIGHT + LEGEND_HEIGHT + 40);
  page.subheading(title);
  const scale = scaleLinear([0, Math.max(highest(layers), Number.MIN_VALUE)], [page.y + height, page.y + 4]).nice(4);
  const left = page.left + AXIS_WIDTH;
  const right = page.left + page.width;
  const step = (right - left) / Math.max(1, labels.length);
  const frame: Frame = {
    left,
    right,
    top: page.y + 4,
    bottom: page.y + height,
    x: (at) => left + step * (at + 0.5),
    y: (value) => scale(value),
    step,
  };
  drawGrid(page, frame, scale.ticks(4), format);
  for (const layer of layers) if (layer.kind === "band") drawBand(page, frame, layer);
  drawBars(page, frame, layers);
  for (const layer of layers) if (layer.kind === "line") drawLine(page, frame, layer);
  drawLabels(page, frame, labels);
  drawLegend(page, frame, layers);
  page.y = frame.bottom + LABEL_HEIGHT + LEGEND_HEIGHT + 12;
}

function highest(layers: readonly Layer[]): number {
  let most = 0;
  const stacked: number[] = [];
  for (const layer of layers) {
    if (layer.kind === "bars") {
      layer.values.forEach((value, at) => {
        stacked[at] = (stacked[at] ?? 0) + value;
      });
    } else for (const value of layer.kind === "band" ? layer.high : layer.values) most = Math.max(most, value);
  }
  return Math.max(most, ...stacked);
}

function drawGrid(page: Page, frame: Frame, ticks: readonly number[], format: (value: number) => string): void {
  const { document } = page;
  document.font("plain").fontSize(7.5).fillColor(MUTED).lineWidth(0.5).strokeColor(GRID);
  for (const tick of ticks) {
    const y = frame.y(tick);
    document.moveTo(frame.left, y).lineTo(frame.right, y).stroke();
    document.text(format(tick), frame.left - AXIS_WIDTH, y - 4, { width: AXIS_WIDTH - 6, align: "right" });
  }
}

function drawBand(page: Page, frame: Frame, band: Extract<Layer, { kind: "band" }>): void {
  const { document } = page;
  band.high.forEach((value, at) => {
    if (at === 0) document.moveTo(frame.x(at), frame.y(value));
    else document.lineTo(frame.x(at), frame.y(value));
  });
  for (let at = band.low.length - 1; at >= 0; at--) document.lineTo(frame.x(at), frame.y(band.low[at]));
  document.closePath().fillOpacity(0.25).fill(band.color).fillOpacity(1);
}

function drawBars(page: Page, frame: Frame, layers: readonly Layer[]): void {
  const foot: number[] = [];
  const width = frame.step * 0.6;
  for (const layer of layers) {
    if (layer.kind !== "bars") continue;
    layer.values.forEach((value, at) => {
      const from = foot[at] ?? 0;
      const top = frame.y(from + value);
      page.document.rect(frame.x(at) - width / 2, top, width, frame.y(from) - top).fill(layer.color);
      foot[at] = from + value;
    });
  }
}

function drawLine(page: Page, frame: Frame, line: Extract<Layer, { kind: "line" }>): void {
  const { document } = page;
  line.values.forEach((value, at) => {
    if (at === 0) document.moveTo(frame.x(at), frame.y(value));
    else document.lineTo(frame.x(at), frame.y(value));
  });
  if (line.dashed) document.dash(4, { space: 3 });
  document.lineWidth(1.6).strokeColor(line.color).stroke().undash();
}

function drawLabels(page: Page, frame: Frame, labels: readonly string[]): void {
  const { document } = page;
  document.font("plain").fontSize(7.5).fillColor(MUTED);
  // Every label where they fit, else every second, third …
  const every = Math.max(1, Math.ceil(30 / frame.step));
  labels.forEach((label, at) => {
    if (at % every !== 0) return;
    document.text(label, frame.x(at) - 30, frame.bottom + 4, { width: 60, align: "center", lineBreak: false });
  });
}

function drawLegend(page: Page, frame: Frame, layers: readonly Layer[]): void {
  if (layers.length < 2) return;
  const { document } = page;
  const y = frame.bottom + LABEL_HEIGHT + 4;
  let x = frame.left;
  document.font("plain").fontSize(7.5);
  for (const layer of layers) {
    document.fillOpacity(layer.kind === "band" ? 0.25 : 1);
    document.rect(x, y + (layer.kind === "line" ? 3 : 0), 10, layer.kind === "line" ? 2 : 8).fill(layer.color);
    document
      .fillOpacity(1)
      .fillColor(MUTED)
      .text(layer.name, x + 13, y, { lineBreak: false });
    x += 13 + document.widthOfString(layer.name) + 14;
  }
}
