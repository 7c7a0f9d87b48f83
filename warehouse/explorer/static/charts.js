/**
 * Draws every figure.chart of a page with ECharts: its JSON says what, its data-kind how. The table below each chart has the
 * same rows, so that nothing is lost without this script. One function a kind: rows in, ECharts option out.
 *
 * @typedef {Object<string, string|number|boolean|null>} Row  a row by column
 * @typedef {{columns: string[], rows: Row[], links: Object<string, string>, query: string}} Data
 * @typedef {{ink: string, dim: string, line: string, paper: string, panel: string, accent: string, font: string, series: string[]}} Theme
 * @typedef {{data: Data, theme: Theme, width: number, narrow: boolean}} View
 */

const { echarts } = globalThis;
const NARROW = 560; // pixels: below, labels are shorter and legends scroll
const PRINTED = 660; // pixels: the width of a chart on paper
const ROW = 24; // pixels a row of a chart with a name on each row
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const IDS = /(^|_)(id|key|no)$/;
const LONGEST_LINE = 56; // characters a line of a tooltip
const OUTLINE = document.getElementById("world-outline")?.textContent;

const SUFFIX = { K: "k", M: "m", B: "bn", T: "tn" };
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const EXACT = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A number as axes and labels show it: 1.2bn. */
const short = (number) => COMPACT.format(number).replace(/[KMBT]$/, (letter) => SUFFIX[letter]);
/** A value as tooltips show it. */
const shown = (value) => (typeof value === "number" ? EXACT.format(value) : String(value));
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const unique = (values) => [...new Set(values)];

/** A text in lines of at most LONGEST_LINE characters; `{` is kept from beginning ECharts' own markup. */
function wrapped(text) {
  const lines = [""];
  for (const word of text.replaceAll("{", "{\u200b").split(/\s+/)) {
    if (lines.at(-1).length + word.length > LONGEST_LINE) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.join("\n  ");
}

/** What a tooltip says of a row: every column but ids. */
function told(row) {
  const columns = Object.keys(row).filter((name) => !IDS.test(name) && row[name] !== null && row[name] !== "");
  return columns.map((name) => wrapped(`${name.replaceAll("_", " ")}: ${shown(row[name])}`)).join("\n");
}

/** Where a click on a row leads: to its claim, actor, article or day, the first that it has; null where there is none. */
function address(row, { links, query }) {
  for (const name of ["claim_key", "actor_id", "article_id", "day"]) {
    if (!links[name] || row[name] === null || row[name] === undefined) continue;
    const link = links[name] + encodeURIComponent(row[name]).replaceAll("%3A", ":");
    if (name === "article_id") return row.sentence_no === undefined ? link : `${link}#s${row.sentence_no}`;
    return query && name !== "claim_key" ? `${link}${link.includes("?") ? "&" : "?"}${query}` : link;
  }
  return null;
}

/** Columns of numbers that are drawn: all after the first that are no ids. */
function numbers({ columns, rows }) {
  const isNumber = (name) => rows.some((row) => typeof row[name] === "number");
  return columns.slice(1).filter((name) => !IDS.test(name) && isNumber(name));
}

/** Axes, in the theme's colours. */
const axis = (theme, more = {}) => ({
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { lineStyle: { color: theme.line } },
  axisLabel: { color: theme.dim, hideOverlap: true, ...more.axisLabel },
  splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
  ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== "axisLabel")),
});
const valueAxis = (theme, more = {}) => axis(theme, { type: "value", axisLabel: { formatter: short }, ...more });
const dayAxis = (theme) =>
  axis(theme, {
    type: "time",
    minInterval: 86400000,
    splitLine: { show: false },
    axisLabel: { formatter: { year: "{yyyy}", month: "{yyyy}-{MM}", day: "{MM}-{dd}", none: "{MM}-{dd}" } },
  });
const legend = (theme, names) => ({
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
const label = (theme, more = {}) => ({ color: theme.ink, fontSize: 12, lineHeight: 14, textBorderWidth: 0, ...more });

/** Names below each other, cut where they would take too much of the width; `left` is what they need. */
function nameAxis(texts, { theme, narrow, width }, more = {}) {
  const most = width * (narrow ? 0.42 : 0.32);
  const left = Math.min(Math.max(...texts.map((text) => echarts.format.getTextRect(text, theme.font).width)), most) + 12;
  const axisLabel = { interval: 0, color: theme.ink, width: most, overflow: "truncate", formatter: (at) => texts[at] };
  const data = texts.map((_, at) => at);
  return { left, names: axis(theme, { type: "category", inverse: true, data, axisTick: { show: false }, axisLabel, ...more }) };
}

/** Series by name: of the column `series`, else a series a column of numbers; points as [x, value, row]. */
function series({ columns, rows }) {
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

/** Days or months as columns side by side, names as rows below each other, a column `series` as a stack. */
function bar(view) {
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
function line({ data, theme }) {
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

/** Givers on the left, receivers on the right: who is both has a node on each side, so that circles are drawn, too. */
function sankey({ data, theme, narrow }) {
  const value = numbers(data)[0];
  const totals = { giver: new Map(), receiver: new Map() };
  const ids = new Map();
  for (const row of data.rows) {
    for (const side of ["giver", "receiver"]) {
      totals[side].set(row[side], (totals[side].get(row[side]) ?? 0) + row[value]);
      ids.set(row[side], row[`${side}_actor_id`]);
    }
  }
  const margin = narrow ? 116 : 240;
  const nodes = (side, position) =>
    [...totals[side]].map(([name, total], at) => ({
      name: `${side}:${name}`,
      depth: side === "giver" ? 0 : 1,
      itemStyle: { color: side === "giver" ? theme.series[at % theme.series.length] : theme.dim },
      label: { position, formatter: `${cut(name, narrow ? 14 : 28).replaceAll("{", "")}${narrow ? "\n" : " "}${short(total)}` },
      row: { [side]: name, [value]: total, actor_id: ids.get(name) ?? null },
    }));
  return {
    height: Math.max(totals.giver.size, totals.receiver.size) * ROW * (narrow ? 2 : 1.35) + 32,
    series: {
      type: "sankey",
      left: margin,
      right: margin,
      top: 12,
      bottom: 12,
      nodeWidth: 10,
      nodeGap: narrow ? 30 : 16,
      draggable: false,
      emphasis: { focus: "adjacency" },
      label: label(theme),
      lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
      data: [...nodes("giver", "left"), ...nodes("receiver", "right")],
      links: data.rows.map((row) => ({
        source: `giver:${row.giver}`,
        target: `receiver:${row.receiver}`,
        value: row[value],
        row,
      })),
    },
  };
}

/** Who stands beside whom: a node an actor, sized by how often, coloured by kind. */
function network({ data, theme, width, narrow }) {
  const value = numbers(data)[0];
  const nodes = new Map();
  for (const row of data.rows) {
    for (const side of ["", "other_"]) {
      const id = row[`${side}actor_id`];
      const known = nodes.get(id) ?? { name: row[`${side}name`], kind: row[`${side}actor_kind`] ?? "actor", total: 0 };
      nodes.set(id, { ...known, total: known.total + row[value] });
    }
  }
  const kinds = unique([...nodes.values()].map((node) => node.kind)).sort();
  const most = Math.max(...[...nodes.values()].map((node) => node.total));
  const widest = Math.max(...data.rows.map((row) => row[value]));
  const height = Math.min(Math.max(width * 0.6, 440), 640);
  const box = { top: 52, left: 24, width: width - (narrow ? 48 : 100), height: height - 80 };
  const places = arranged([...nodes.keys()], data.rows, box.width, box.height);
  return {
    height,
    legend: legend(theme, kinds),
    series: {
      type: "graph",
      layout: "none",
      ...box,
      categories: kinds.map((name) => ({ name })),
      emphasis: { focus: "adjacency", label: { show: true } },
      label: label(theme, {
        show: true,
        position: "right",
        formatter: ({ name }) => cut(nodes.get(name).name.replaceAll("{", ""), narrow ? 16 : 28),
      }),
      labelLayout: { hideOverlap: true },
      data: [...nodes].map(([id, node]) => ({
        name: id,
        x: places.get(id).x,
        y: places.get(id).y,
        category: kinds.indexOf(node.kind),
        label: { position: places.get(id).x > box.width * 0.6 ? "left" : "right" },
        symbolSize: 6 + (narrow ? 14 : 25) * Math.sqrt(node.total / most),
        row: { name: node.name, kind: node.kind, [value]: node.total, actor_id: id },
      })),
      links: data.rows.map((row) => ({
        source: row.actor_id,
        target: row.other_actor_id,
        lineStyle: { width: 0.75 + (narrow ? 3 : 6) * (row[value] / widest), color: theme.dim, opacity: 0.35, curveness: 0.08 },
        row: { ...row, actor_id: null },
      })),
    },
  };
}

/**
 * Where each node of a network stands in a box of width and height: pairs draw together, all push apart (Fruchterman and
 * Reingold 1991), then the whole is spread over the box.
 */
function arranged(ids, pairs, width, height) {
  const aspect = width / height;
  const ideal = Math.sqrt(aspect / ids.length);
  const at = new Map(
    ids.map((id, n) => {
      const angle = n * 2.4; // the golden angle: neighbours in the list begin far from each other
      const radius = 0.5 * Math.sqrt((n + 0.5) / ids.length);
      return [id, { x: radius * Math.cos(angle) * aspect, y: radius * Math.sin(angle) }];
    }),
  );
  for (let heat = 0.1; heat > 0.001; heat *= 0.985) {
    const moves = new Map(ids.map((id) => [id, { x: -at.get(id).x * 0.4 * ideal, y: -at.get(id).y * 0.6 * ideal }]));
    const pull = (id, other, force) => {
      const [x, y] = [at.get(other).x - at.get(id).x, at.get(other).y - at.get(id).y];
      const distance = Math.max(Math.hypot(x, y), 0.001);
      moves.get(id).x += (x / distance) * force(distance);
      moves.get(id).y += (y / distance) * force(distance);
    };
    for (const id of ids) for (const other of ids) if (id !== other) pull(id, other, (far) => -(ideal ** 2) / far);
    for (const { actor_id: one, other_actor_id: other } of pairs) {
      pull(one, other, (far) => (0.35 * far ** 2) / ideal);
      pull(other, one, (far) => (0.35 * far ** 2) / ideal);
    }
    for (const [id, { x, y }] of moves) {
      const step = Math.min(heat / Math.max(Math.hypot(x, y), 0.001), 1);
      at.get(id).x += x * step;
      at.get(id).y += y * step;
    }
  }
  spread(at, "x", width);
  spread(at, "y", height);
  return at;
}

/** Stretch places along an axis to a length: half as they lie, half evenly, so that a crowd in the middle can be read. */
function spread(at, axis, length) {
  const ordered = [...at.values()].sort((one, other) => one[axis] - other[axis]);
  const [least, most] = [ordered[0][axis], ordered.at(-1)[axis]];
  const lies = ordered.map((place) => (most > least ? (place[axis] - least) / (most - least) : 0.5));
  ordered.forEach((place, n) => {
    place[axis] = (0.5 * lies[n] + (0.5 * n) / Math.max(ordered.length - 1, 1)) * length;
  });
}

/** A cell a day; a row of cells a year, or half a year where there is little room: at most four, those with most. */
function calendar({ data, theme, narrow, width }) {
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
function map(view) {
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

/** A dot for the value, a line from its lowest to its highest; an arrow where that end is open. */
function range(view) {
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

/** Buttons that zoom a map around its largest place; then it can be dragged. Wheel and touch stay with the page. */
function addZoom(plot, chart, { rows: [first] }) {
  const buttons = document.createElement("div");
  buttons.className = "zoom";
  for (const [text, name, zoom] of [["+", "Zoom in", 1.6], ["−", "Zoom out", 1 / 1.6]]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text, title: name, ariaLabel: name });
    button.addEventListener("click", () => {
      const isGeo = first.latitude !== undefined;
      const target = isGeo ? { componentType: "geo", geoIndex: 0 } : { seriesIndex: 0 };
      const middle = [chart.getWidth() / 2, chart.getHeight() / 2];
      const [originX, originY] = isGeo ? chart.convertToPixel({ geoIndex: 0 }, [first.longitude, first.latitude]) : middle;
      chart.setOption({ [isGeo ? "geo" : "series"]: { roam: "move" } });
      chart.dispatchAction({ type: "geoRoam", ...target, zoom, originX, originY });
    });
    buttons.append(button);
  }
  plot.before(buttons);
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
