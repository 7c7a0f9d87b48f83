/**
 * Draws every figure.chart of a page with ECharts: its JSON says what, its data-kind how. The table below each chart has
 * the same rows, so that nothing is lost without this script. drawing/ has a function a kind: rows in, ECharts option
 * out.
 */

import { bar, line, range } from "./drawing/bars.js";
import { address, echarts, told } from "./drawing/format.js";
import { network, sankey } from "./drawing/pairs.js";
import { addZoom, calendar, map } from "./drawing/shades.js";

const NARROW = 560; // pixels: below, labels are shorter and legends scroll
const PRINTED = 660; // pixels: the width of a chart on paper
const OUTLINE = document.getElementById("world-outline")?.textContent;
const KINDS = { bar, line, sankey, network, calendar, map, range };

/** The page's colours, as its style sheet has them now. */
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["ink", "dim", "line", "paper", "panel", "accent"];
  return {
    ...Object.fromEntries(names.map((name) => [name, colour(name)])),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`series-${number}`)),
  };
}

/** What all kinds have in common. */
const common = (theme, figure) => ({
  animation: false,
  color: theme.series,
  textStyle: { fontFamily: theme.font.slice(5), color: theme.ink },
  aria: { enabled: true, label: { description: figure.querySelector(".plot").dataset.label } },
  tooltip: {
    renderMode: "richText",
    confine: true,
    backgroundColor: theme.paper,
    borderColor: theme.dim,
    textStyle: { color: theme.ink, fontSize: 12, lineHeight: 17 },
    formatter: ({ data: point }) => (point?.row ? told(point.row) : ""),
  },
});

/** Draw a figure for a width; it is drawn anew from its rows, as labels and layout depend on the width. */
function draw(figure, data, width, theme) {
  if (width < 1) return; // not shown
  const plot = figure.querySelector(".plot");
  const view = { data, theme, width, narrow: width < NARROW };
  const { height = 320, ...option } = KINDS[figure.dataset.kind](view);
  plot.style.height = `${Math.round(height)}px`;
  const chart = echarts.getInstanceByDom(plot) ?? begin(plot, data);
  chart.clear(); // or resizing would lay the old drawing out once more
  chart.resize({ width, height: Math.round(height) });
  chart.setOption({ ...common(theme, figure), ...option }, { notMerge: true });
}

/** A new chart in a plot; a click on what stands for something goes there. */
function begin(plot, data) {
  const chart = echarts.init(plot, null, { renderer: "svg" });
  if (plot.closest("figure").dataset.kind === "map") addZoom(plot, chart, data);
  chart.on("click", ({ data: point }) => {
    const target = point?.row && address(point.row, data);
    if (target) location.assign(target);
  });
  return chart;
}

/** The rows of a figure by column. */
function readData(figure) {
  const { columns, rows, ...rest } = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const named = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  return { columns, rows: named, ...rest };
}

/** Draw all figures, and again when the window, the colours or the medium change. */
async function main() {
  const figures = [...document.querySelectorAll("figure.chart")].filter((figure) => figure.querySelector(".plot"));
  if (figures.some((figure) => figure.dataset.kind === "map")) {
    const outline = OUTLINE ? JSON.parse(OUTLINE) : await (await fetch("/static/world.json")).json();
    echarts.registerMap("world", { geoJSON: outline });
  }
  const drawn = figures.map((figure) => [figure, readData(figure)]);
  for (const [figure] of drawn) {
    const plot = figure.querySelector(".plot");
    plot.dataset.label = plot.getAttribute("aria-label") ?? "";
  }
  const redraw = (width) => {
    const theme = readTheme();
    for (const [figure, data] of drawn) draw(figure, data, width ?? figure.querySelector(".plot").clientWidth, theme);
  };
  redraw();
  let last = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth === last) return;
    last = document.documentElement.clientWidth;
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
  addEventListener("beforeprint", () => redraw(PRINTED));
  addEventListener("afterprint", () => redraw());
  document.documentElement.dataset.drawn = String(figures.length);
}

await main();
