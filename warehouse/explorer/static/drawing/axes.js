/** What charts with axes and legends share, in the colours of the theme. */

import { echarts, numbers, short, unique } from "./format.js";

export const ROW = 24; // pixels a row of a chart with a name on each row

/** Axes, in the theme's colours. */
export const axis = (theme, more = {}) => ({
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { lineStyle: { color: theme.line } },
  axisLabel: { color: theme.dim, hideOverlap: true, ...more.axisLabel },
  splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
  ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "axisLabel")),
});
export const valueAxis = (theme, more = {}) => axis(theme, { type: "value", axisLabel: { formatter: short }, ...more });
export const dayAxis = (theme) =>
  axis(theme, {
    type: "time",
    minInterval: 86400000,
    splitLine: { show: false },
    axisLabel: { formatter: { year: "{yyyy}", month: "{yyyy}-{MM}", day: "{MM}-{dd}", none: "{MM}-{dd}" } },
  });
export const legend = (theme, names) => ({
  show: names.length > 1,
  type: "scroll",
  top: 0,
  left: 0,
  itemWidth: 14,
  itemHeight: 9,
  textStyle: { color: theme.ink },
  pageTextStyle: { color: theme.dim },
  pageIconColor: theme.accent,
  pageIconInactiveColor: theme.line,
});
export const label = (theme, more = {}) => ({
  color: theme.ink,
  fontSize: 12,
  lineHeight: 14,
  textBorderWidth: 0,
  ...more,
});

/** Names below each other, cut where they would take too much of the width; `left` is what they need. */
export function nameAxis(texts, { theme, narrow, width }, more = {}) {
  const most = width * (narrow ? 0.42 : 0.32);
  const widths = texts.map((text) => echarts.format.getTextRect(text, theme.font).width);
  const left = Math.min(Math.max(...widths), most) + 12;
  const axisLabel = { interval: 0, color: theme.ink, width: most, overflow: "truncate", formatter: (at) => texts[at] };
  const data = texts.map((_, at) => at);
  const names = { type: "category", inverse: true, data, axisTick: { show: false }, axisLabel, ...more };
  return { left, names: axis(theme, names) };
}

/** Series by name: of the column `series`, else a series a column of numbers; points as [x, value, row]. */
export function series({ columns, rows }) {
  const x = columns[0];
  if (!columns.includes("series")) {
    const named = numbers({ columns, rows });
    return new Map(named.map((name) => [name.replaceAll("_", " "), rows.map((row) => [row[x], row[name], row])]));
  }
  const value = numbers({ columns, rows })[0];
  return new Map(
    unique(rows.map((row) => row.series)).map((name) => [
      name.replaceAll("_", " "),
      rows.filter((row) => row.series === name).map((row) => [row[x], row[value], row]),
    ]),
  );
}
