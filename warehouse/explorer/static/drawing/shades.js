/** Days on a calendar, places on a map, both with shades of one colour. */

import { label } from "./axes.js";
import { echarts, numbers, short, sum, unique } from "./format.js";

/** A cell a day; a row of cells a year, or half a year where there is little room: at most four, those with most. */
export function calendar({ data, theme, narrow, width }) {
  const value = numbers(data)[0];
  const part = (day) => (narrow ? `${day.slice(0, 4)}-${day.slice(5, 7) < "07" ? "01-01" : "07-01"}` : day.slice(0, 4));
  const parts = new Map();
  for (const row of data.rows) parts.set(part(row.day), [...(parts.get(part(row.day)) ?? []), row]);
  const most = (name) => sum(parts.get(name).map((row) => row[value]));
  const drawn = [...parts.keys()].sort((one, other) => most(other) - most(one)).slice(0, 4).sort();
  const end = (start) => (start.endsWith("01-01") ? `${start.slice(0, 4)}-06-30` : `${start.slice(0, 4)}-12-31`);
  const cell = Math.min((width - 68) / (narrow ? 27 : 53.5), 20);
  const height = 7 * cell + 44;
  return {
    height: drawn.length * height + 48,
    visualMap: {
      ...shades(theme, Math.max(...data.rows.map((row) => row[value]))),
      orient: "horizontal",
      left: "center",
      bottom: 0,
    },
    calendar: drawn.map((name, at) => ({
      range: narrow ? [name, end(name)] : name,
      top: at * height + 24,
      left: 60,
      cellSize: [cell, cell],
      itemStyle: { color: theme.panel, borderColor: theme.paper, borderWidth: 1 },
      splitLine: { lineStyle: { color: theme.dim, width: 1 } },
      dayLabel: { color: theme.dim, firstDay: 1, nameMap: ["S", "M", "T", "W", "T", "F", "S"] },
      monthLabel: { color: theme.dim },
      yearLabel: { color: theme.dim, fontSize: 13, margin: 34, formatter: name.slice(0, 4) },
    })),
    series: drawn.map((name, at) => ({
      type: "heatmap",
      coordinateSystem: "calendar",
      calendarIndex: at,
      data: parts.get(name).map((row) => ({ value: [row.day, row[value]], row })),
    })),
  };
}

/** Five shades of the accent, each step several times the last one. */
function shades(theme, most) {
  const steps = unique([0, 1, 2, 3, 4, 5].map((step) => Math.round(most ** (step / 5)))).filter((step) => step >= 1);
  const pieces = steps.map((step, at) => ({
    min: at === 0 ? 1 : step,
    lt: steps[at + 1],
    color: echarts.color.modifyAlpha(theme.accent, 0.15 + (0.85 * (at + 1)) / steps.length),
    label: at === steps.length - 1 ? `${short(step)} or more` : short(step),
  }));
  return {
    type: "piecewise",
    pieces,
    itemWidth: 14,
    itemHeight: 10,
    itemGap: 8,
    textStyle: { color: theme.dim },
    hoverLink: false,
    selectedMode: false,
  };
}

/** Places as circles, their area the value; without coordinates, countries as shades. */
export function map(view) {
  const { data, theme, width, narrow } = view;
  const geo = {
    map: "world",
    nameProperty: "country_code",
    top: 8,
    bottom: 36,
    left: 0,
    right: 0,
    itemStyle: { areaColor: theme.panel, borderColor: theme.line, borderWidth: 0.6 },
    label: { show: false },
    emphasis: { disabled: true },
    select: { disabled: true },
    silent: true,
    scaleLimit: { min: 1, max: 12 },
  };
  const height = Math.min(width * 0.5, 560) + 36;
  const value = numbers(data).find((name) => !["latitude", "longitude"].includes(name));
  const most = Math.max(...data.rows.map((row) => row[value]));
  if (!data.columns.includes("latitude")) {
    const pieces = shades(theme, most);
    return {
      height,
      visualMap: { ...pieces, orient: "horizontal", left: "center", bottom: 0 },
      series: {
        ...geo,
        type: "map",
        silent: false,
        emphasis: { label: { show: false }, itemStyle: { areaColor: theme.series[1] } },
        data: data.rows.map((row) => ({ name: row.country_code, value: row[value], row })),
      },
    };
  }
  return {
    height,
    geo,
    series: {
      type: "scatter",
      coordinateSystem: "geo",
      symbolSize: ([, , number]) => 4 + (narrow ? 22 : 34) * Math.sqrt(number / most),
      itemStyle: { color: echarts.color.modifyAlpha(theme.accent, 0.55), borderColor: theme.paper, borderWidth: 0.5 },
      emphasis: { itemStyle: { color: theme.series[1] } },
      label: label(theme, { show: true, position: "right", formatter: ({ data: point }) => point.shownName }),
      labelLayout: { hideOverlap: true },
      data: data.rows.map((row, at) => ({
        value: [row.longitude, row.latitude, row[value]],
        row,
        shownName: at < (narrow ? 8 : 24) ? row.name.replaceAll("{", "") : "",
      })),
    },
  };
}

/** Buttons that zoom a map around its largest place; then it can be dragged. Wheel and touch stay with the page. */
export function addZoom(plot, chart, { rows: [first] }) {
  const buttons = document.createElement("div");
  buttons.className = "zoom";
  for (const [text, name, zoom] of [["+", "Zoom in", 1.6], ["−", "Zoom out", 1 / 1.6]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text, title: name, ariaLabel: name });
    button.addEventListener("click", () => {
      const isGeo = first.latitude !== undefined;
      const target = isGeo ? { componentType: "geo", geoIndex: 0 } : { seriesIndex: 0 };
      const middle = [chart.getWidth() / 2, chart.getHeight() / 2];
      const place = [first.longitude, first.latitude];
      const [originX, originY] = isGeo ? chart.convertToPixel({ geoIndex: 0 }, place) : middle;
      chart.setOption({ [isGeo ? "geo" : "series"]: { roam: "move" } });
      chart.dispatchAction({ type: "geoRoam", ...target, zoom, originX, originY });
    });
    buttons.append(button);
  }
  plot.before(buttons);
}
