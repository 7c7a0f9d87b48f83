// What a careful eye would see on the page at hand, as functions that `page.evaluate` calls by name (eye.py).
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** A CSS colour as [red, green, blue, alpha], whatever way it is written. */
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#0000";
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = (colour) =>
    colour.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    const dark = scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
    return layers.reduceRight((below, layer) => over(layer, below), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const home = location.protocol === "about:" ? "http://127.0.0.1" : document.baseURI;
  const addressed = (value) => new URL(value, home);
  const path = (element) => {
    const name = (at) => at.tagName.toLowerCase() + (at.id ? `#${at.id}` : at.classList.length ? `.${[...at.classList].join(".")}` : "");
    return [element.parentElement, element].filter(Boolean).map(name).join(" > ");
  };

  /** Texts whose contrast is below the 4.5 (large: 3) of WCAG AA: where, which colours, how much. */
  const faint = () => {
    const found = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !shown(element) || element.closest("script, style, svg, option")) continue;
      if (element.closest(":disabled, [aria-disabled=true]")) continue;
      const style = getComputedStyle(element);
      const below = background(element);
      const contrast = ratio(over(rgba(style.color), below), below);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast < (large ? 3 : 4.5)) found.set(path(element), `${style.color} on ${below.slice(0, 3).map(Math.round)}: ${contrast.toFixed(2)}`);
    }
    for (const text of document.querySelectorAll(".plot svg text")) {
      const below = background(text.closest(".plot"));
      const colour = getComputedStyle(text).fill;
      const stroked = getComputedStyle(text).stroke !== "none"; // a halo carries a label over marks
      const contrast = ratio(over(rgba(colour), below), below);
      if (!stroked && contrast < 4.5 && text.textContent.trim()) found.set(`chart ${text.closest("figure").id}`, `${colour}: ${contrast.toFixed(2)} "${text.textContent}"`);
    }
    return [...found].map(([where, what]) => `${where}: ${what}`);
  };

  /** Elements that stick out of the window sideways and lie in no box that scrolls; none where the page does not scroll. */
  const wide = () => {
    const width = Math.min(document.documentElement.clientWidth, screen.width); // without a viewport a phone lays out 980 wide
    if (document.scrollingElement.scrollWidth <= width) return [];
    const scrolls = (at) => at && at !== document.body && (getComputedStyle(at).overflowX !== "visible" || scrolls(at.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter(
      (at) => shown(at) && at.getBoundingClientRect().right > width + 1 && !scrolls(at.parentElement));
    return [`the page is ${document.scrollingElement.scrollWidth} wide in ${width}`, ...out.map(path).slice(0, 8)];
  };

  /** What article text must never become: handlers, frames, foreign addresses, scripts in the page. */
  const foreign = () => {
    const found = [];
    if (window.owned !== undefined) found.push("a script of an article ran");
    for (const at of document.querySelectorAll("*")) {
      for (const { name } of at.attributes) if (name.startsWith("on")) found.push(`${path(at)} has ${name}`);
      for (const name of ["href", "src", "action", "xlink:href", "formaction"]) {
        const value = at.getAttribute(name);
        if (value === null || value.startsWith("#")) continue;
        const scheme = addressed(value).protocol;
        if (!["http:", "https:"].includes(scheme) && !(name === "href" && at.rel === "icon")) found.push(`${path(at)} ${name}=${value.slice(0, 80)}`);
        const out = addressed(value).origin !== new URL(home).origin && location.protocol !== "file:";
        if (out && !(at.tagName === "A" && at.relList.contains("noopener") && at.relList.contains("noreferrer"))) found.push(`${path(at)} leads out: ${value.slice(0, 80)}`);
      }
    }
    const never = document.querySelectorAll("iframe, object, embed, base, meta[http-equiv=refresh], main img, main textarea");
    found.push(...[...never].map((at) => `an element ${path(at)}`));
    return found;
  };

  /** Faults of structure: landmarks, one first heading, no heading level left out, names of controls, ids used twice. */
  const unsound = () => {
    const found = [];
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((at) => Number(at.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) found.push(`first headings: ${levels.filter((level) => level === 1).length}`);
    levels.forEach((level, i) => { if (i && level > levels[i - 1] + 1) found.push(`heading ${i} jumps from ${levels[i - 1]} to ${level}`); });
    for (const one of ["main", "header", "nav", "footer"]) if (!document.querySelector(one)) found.push(`no <${one}>`);
    if (!document.documentElement.lang) found.push("no language");
    for (const at of document.querySelectorAll("input:not([type=hidden]), select, textarea, button")) {
      const name = at.labels?.length || at.getAttribute("aria-label") || at.getAttribute("aria-labelledby") || at.textContent.trim();
      if (!name) found.push(`${path(at)} has no name`);
    }
    for (const at of document.querySelectorAll("a")) if (!(at.textContent.trim() || at.getAttribute("aria-label"))) found.push(`${path(at)} is a link without words`);
    for (const at of document.querySelectorAll("table")) if (!at.querySelector("th")) found.push(`${path(at)} has no header cells`);
    for (const at of document.querySelectorAll("[role=img]")) if (!at.getAttribute("aria-label")) found.push(`${path(at)} has no text for who does not see`);
    const ids = [...document.querySelectorAll("[id]")].map((at) => at.id);
    found.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} twice`));
    return found;
  };

  return { faint, wide, foreign, unsound };
})()
