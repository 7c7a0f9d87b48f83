/** Who with whom: money from giver to receiver, and actors named together. */

import { ROW, label, legend } from "./axes.js";
import { cut, numbers, short, unique } from "./format.js";

/** Givers on the left, receivers on the right: who is both has a node on each side, so that circles are drawn, too. */
export function sankey({ data, theme, narrow }) {
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
  const named = (name) => cut(name, narrow ? 14 : 28).replaceAll("{", "");
  const nodes = (side, position) =>
    [...totals[side]].map(([name, total], at) => ({
      name: `${side}:${name}`,
      depth: side === "giver" ? 0 : 1,
      itemStyle: { color: side === "giver" ? theme.series[at % theme.series.length] : theme.dim },
      label: { position, formatter: `${named(name)}${narrow ? "\n" : " "}${short(total)}` },
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
export function network({ data, theme, width, narrow }) {
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
      lineStyle: { color: theme.dim, opacity: 0.35, curveness: 0.08 },
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
        lineStyle: { width: 0.75 + (narrow ? 3 : 6) * (row[value] / widest) },
        row: { ...row, actor_id: null },
      })),
    },
  };
}

/**
 * Where each node of a network stands in a box of width and height: pairs draw together, all push apart (Fruchterman
 * and Reingold 1991), then the whole is spread over the box.
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

/** Stretch places along an axis to a length: half as they lie, half evenly, so that a crowd can be read. */
function spread(at, axis, length) {
  const ordered = [...at.values()].sort((one, other) => one[axis] - other[axis]);
  const [least, most] = [ordered[0][axis], ordered.at(-1)[axis]];
  const lies = ordered.map((place) => (most > least ? (place[axis] - least) / (most - least) : 0.5));
  ordered.forEach((place, n) => {
    place[axis] = (0.5 * lies[n] + (0.5 * n) / Math.max(ordered.length - 1, 1)) * length;
  });
}
