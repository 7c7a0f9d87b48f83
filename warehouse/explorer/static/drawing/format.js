/** Values in words: numbers, days, tooltips, and where a click leads. ECharts itself comes from its own script.
 *
 * @typedef {Object<string, string|number|boolean|null>} Row  a row by column
 * @typedef {{columns: string[], rows: Row[], links: Object<string, string>, query: string}} Data
 * @typedef {{ink: string, dim: string, line: string, paper: string, panel: string, accent: string, font: string,
 *   series: string[]}} Theme
 * @typedef {{data: Data, theme: Theme, width: number, narrow: boolean}} View
 */

export const { echarts } = globalThis;
export const DAY = /^\d{4}-\d{2}-\d{2}$/;
const IDS = /(^|_)(id|key|no)$/;
const LONGEST_LINE = 56; // characters a line of a tooltip

const SUFFIX = { K: "k", M: "m", B: "bn", T: "tn" };
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const EXACT = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A number as axes and labels show it: 1.2bn. */
export const short = (number) => COMPACT.format(number).replace(/[KMBT]$/, (letter) => SUFFIX[letter]);
/** A value as tooltips show it. */
const shown = (value) => (typeof value === "number" ? EXACT.format(value) : String(value));
export const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
export const unique = (values) => [...new Set(values)];

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
export function told(row) {
  const columns = Object.keys(row).filter((name) => !IDS.test(name) && row[name] !== null && row[name] !== "");
  return columns.map((name) => wrapped(`${name.replaceAll("_", " ")}: ${shown(row[name])}`)).join("\n");
}

/** Where a click on a row leads: its claim, actor, article or day, the first that it has; null where there is none. */
export function address(row, { links, query }) {
  for (const name of ["claim_key", "actor_id", "article_id", "day"]) {
    if (!links[name] || row[name] === null || row[name] === undefined) continue;
    if (name === "day" && row.step !== undefined && row.step !== "day") continue; // a week or month has no page
    const link = links[name] + encodeURIComponent(row[name]).replaceAll("%3A", ":");
    const limited = query ? `${link}${link.includes("?") ? "&" : "?"}${query}` : link;
    return name === "article_id" && row.sentence_no !== undefined ? `${limited}#s${row.sentence_no}` : limited;
  }
  return null;
}

/** Columns of numbers that are drawn: all after the first that are no ids. */
export function numbers({ columns, rows }) {
  const isNumber = (name) => rows.some((row) => typeof row[name] === "number");
  return columns.slice(1).filter((name) => !IDS.test(name) && isNumber(name));
}
