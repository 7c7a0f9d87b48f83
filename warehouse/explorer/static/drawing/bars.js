/** Charts over days or names: bars, lines, ranges. */

import { ROW, axis, dayAxis, label, legend, nameAxis, series, valueAxis } from "./axes.js";
import { DAY, cut, short, unique } from "./format.js";

/** Days or months as columns side by side, names as rows below each other, a column `series` as a stack. */
export function bar(view) {
  const { data, theme } = view;
  const named = series(data);
  const categories = data.rows.map((row) => String(row[data.columns[0]]));
  const isDays = categories.every((category) => DAY.test(category));
  if (!isDays && !data.columns.includes("series")) return rowsOfBars(view, named, categories);
  return {
    legend: legend(theme, [...named.keys()]),
    grid: { left: 48, right: 24, top: named.size > 1 ? 40 : 16, bottom: 28 },
    xAxis: isDays ? dayAxis(theme) : axis(theme, { type: "category", data: unique(categories).sort() }),
    yAxis: valueAxis(theme, { minInterval: 1 }),
    series: [...named].map(([name, points]) => ({
      type: "bar",
      name,
      stack: data.columns.includes("series") ? "all" : undefined,
      barMaxWidth: 28,
      barMinWidth: 2,
      data: points.map(([x, value, row]) => ({ value: [x, value], row })),
    })),
  };
}

/** A row a name, with a bar for each series. */
function rowsOfBars(view, named, categories) {
  const { data, theme, narrow } = view;
  const { left, names } = nameAxis(categories, view);
  const top = named.size > 1 ? 32 : 0;
  return {
    height: data.rows.length * ROW * named.size + top + 32,
    legend: legend(theme, [...named.keys()]),
    grid: { left, right: 48, top, bottom: 28 },
    xAxis: valueAxis(theme, { splitNumber: narrow ? 3 : 6, minInterval: 1 }),
    yAxis: names,
    series: [...named].map(([name, points]) => ({
      type: "bar",
      name,
      barMaxWidth: 18,
      label: label(theme, { show: true, position: "right", formatter: ({ value }) => short(value) }),
      data: points.map(([, value, row]) => ({ value, row })),
    })),
  };
}

/** Lines over days. */
export function line({ data, theme }) {
  const named = series(data);
  return {
    legend: legend(theme, [...named.keys()]),
    grid: { left: 48, right: 24, top: named.size > 1 ? 40 : 16, bottom: 28 },
    xAxis: dayAxis(theme),
    yAxis: valueAxis(theme, { minInterval: 1 }),
    series: [...named].map(([name, points]) => ({
      type: "line",
      name,
      symbol: "circle",
      symbolSize: 4,
      lineStyle: { width: 1.5 },
      emphasis: { focus: "series" },
      data: points.map(([x, value, row]) => ({ value: [x, value], row })),
    })),
  };
}

/** A dot for the value, a line from its lowest to its highest; an arrow where that end is open. */
export function range(view) {
  const { data, theme, narrow } = view;
  const [x, low, value, high] = data.columns;
  const isDays = data.rows.every((row) => row[x] === null || DAY.test(row[x]));
  const rows = data.rows.filter((row) => row[x] !== null && row[value] !== null);
  const all = rows.flatMap((row) => [row[low], row[value], row[high]]).filter((number) => number !== null);
  const isWide = Math.min(...all) > 0 && Math.max(...all) > 50 * Math.min(...all);
  const values = valueAxis(theme, isWide ? { type: "log", minorTick: { show: false } } : { scale: isDays });
  const splitLine = { show: true, interval: 0, lineStyle: { color: theme.line, opacity: 0.4 } };
  const { left, names } = nameAxis(isDays ? [""] : rows.map((row) => row[x]), view, { splitLine });
  const at = (row, number, place) => (isDays ? [row[x], number] : [number, place]);
  const turned = isDays ? 0 : -90;
  const symbols = { open: { symbol: "triangle", symbolSize: 9 }, closed: { symbol: "circle", symbolSize: 8 } };
  const dot = (row, place) => ({
    value: at(row, row[value], place),
    ...(row[low] === null || row[high] === null ? symbols.open : symbols.closed),
    symbolRotate: row[high] === null ? turned : turned + 180,
    row,
  });
  const said = ({ source_name: source }) => cut(source ?? "", 20).replaceAll("{", "");
  const lines = rows.map((row, place) => [
    { coord: at(row, row[low] ?? row[value], place), symbol: "none" },
    { coord: at(row, row[high] ?? row[value], place), symbol: "none" },
  ]);
  return {
    height: isDays ? 340 : rows.length * ROW + 40,
    grid: isDays ? { left: 64, right: 24, top: 12, bottom: 28 } : { left, right: 24, top: 12, bottom: 28 },
    xAxis: isDays ? { ...dayAxis(theme), boundaryGap: ["4%", narrow ? "30%" : "12%"] } : values,
    yAxis: isDays ? values : names,
    series: {
      type: "scatter",
      label: label(theme, { show: isDays, position: "right", formatter: ({ data: dot }) => said(dot.row) }),
      labelLayout: { hideOverlap: true },
      itemStyle: { color: theme.accent },
      data: rows.map(dot),
      markLine: {
        silent: true,
        animation: false,
        symbol: "none",
        label: { show: false },
        lineStyle: { type: "solid", color: theme.accent, width: 3, opacity: 0.45 },
        data: lines,
      },
    },
  };
}
