"use strict";
const filter = document.getElementById("filter");
const found = document.getElementById("found");
const sections = [...document.querySelectorAll("section.table")].map((section) => ({
  section,
  name: section.dataset.name.toLowerCase(),
  head: [...section.querySelectorAll(":scope > p")].map((part) => part.textContent).join(" ").toLowerCase(),
  rows: [...section.querySelectorAll("tr.column")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
}));

function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let columns = 0, tables = 0;
  for (const { section, name, head, rows } of sections) {
    const whole = words.every((word) => `${name} ${head}`.includes(word));
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !(whole || words.every((word) => `${name} ${text}`.includes(word)));
      shown += !row.hidden;
    }
    section.hidden = shown === 0;
    columns += shown;
    tables += shown > 0;
  }
  for (const part of document.querySelectorAll(".part")) {
    const own = [...part.querySelectorAll("section.table")];
    part.hidden = words.length > 0 && own.every((section) => section.hidden);
  }
  for (const link of document.querySelectorAll("nav li a")) {
    const target = document.getElementById(link.hash.slice(1));
    link.parentElement.hidden = words.length > 0 && target.hidden;
  }
  found.textContent = words.length ? `${columns} columns in ${tables} tables` : "";
  const address = new URL(location);
  if (words.length) address.searchParams.set("filter", filter.value);
  else address.searchParams.delete("filter");
  try { history.replaceState(null, "", address); } catch { /* a page that was mailed may have no address to change */ }
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.closest("[hidden]")) {
    filter.value = "";
    apply();
    target.scrollIntoView();
  }
}

filter.addEventListener("input", apply);
addEventListener("hashchange", reveal);
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === "Escape" && document.activeElement === filter) {
    filter.value = "";
    apply();
  }
});
addEventListener("beforeprint", () => document.querySelectorAll("details.values").forEach((values) => { values.open = true; }));

for (const drawing of document.querySelectorAll(".diagram")) {
  const choose = (box) => {
    drawing.classList.toggle("chosen", Boolean(box));
    for (const line of drawing.querySelectorAll(".link"))
      line.classList.toggle("near", Boolean(box) && line.dataset.ends.split(" ").includes(box.dataset.table));
  };
  for (const kind of ["pointerover", "focusin"]) drawing.addEventListener(kind, (event) => choose(event.target.closest(".box")));
  for (const kind of ["pointerleave", "focusout"]) drawing.addEventListener(kind, () => choose(null));
}

filter.value = new URLSearchParams(location.search).get("filter") ?? "";
if (filter.value) apply();
