// The article reader: a card beside the piece of text that the pointer or the keyboard is on, with the facts in it.
// Its content is copied from the table of all facts; without this script the title of each piece says the same.

const GAP = 6 // pixels between a piece and its card
const LINGER = 250 // milliseconds that a card stays after the pointer has left

const card = document.createElement("div")
card.className = "card"
card.id = "card"
card.popover = "manual"
document.body.append(card)

let shown = null
let leaving

/** The text of a cell of the row of a fact, or its link as a copy. */
function part(row, name) {
  const cell = row.querySelector(`.${name}`)
  return [...cell.childNodes].map((node) => node.cloneNode(true))
}

/** One fact as a term and its description. */
function describe(number) {
  const row = document.getElementById(`fact-${number}`)
  const term = document.createElement("dt")
  term.append(`${row.dataset.kind}: `, ...part(row, "surface"))
  const value = document.createElement("dd")
  value.append(...part(row, "meaning"))
  const rule = document.createElement("div")
  rule.className = "rule"
  rule.append("rule ", ...part(row, "rule"))
  value.append(rule)
  return [term, value]
}

/** Put the card below the piece, or above where there is no room, within the window; none beside a piece out of sight. */
function place(piece) {
  const [first] = piece.getClientRects()
  if (first.bottom < 0 || first.top > innerHeight) return hide()
  const box = card.getBoundingClientRect()
  const below = first.bottom + GAP
  const top = below + box.height > innerHeight && first.top - GAP - box.height > 0 ? first.top - GAP - box.height : below
  card.style.top = `${top}px`
  card.style.left = `${Math.max(GAP, Math.min(first.left, innerWidth - box.width - GAP))}px`
}

/** Show the facts of a piece. */
function show(piece) {
  clearTimeout(leaving)
  if (piece === shown) return
  const list = document.createElement("dl")
  list.append(...piece.dataset.facts.split(" ").flatMap(describe))
  card.replaceChildren(list)
  card.showPopover()
  place(piece)
  shown = piece
}

/** Take the card away. */
function hide() {
  clearTimeout(leaving)
  if (shown) card.hidePopover()
  shown = null
}

const text = document.querySelector("article.text")
const pieceAt = (event) => event.target.closest?.(".piece[data-facts]")

for (const piece of text.querySelectorAll(".piece[data-facts]")) piece.removeAttribute("title")

text.addEventListener("pointerover", (event) => {
  const piece = pieceAt(event)
  if (piece && event.pointerType !== "touch") show(piece)
})
text.addEventListener("focusin", (event) => {
  const piece = pieceAt(event)
  if (piece) show(piece)
})
text.addEventListener("focusout", hide)
for (const place of [text, card]) {
  place.addEventListener("pointerout", () => {
    clearTimeout(leaving)
    leaving = setTimeout(hide, LINGER)
  })
}
card.addEventListener("pointerover", () => clearTimeout(leaving))
// The focus stays on the piece, or the card would be gone before a press on one of its links is over.
card.addEventListener("mousedown", (event) => event.preventDefault())

// A first tap shows the card, whose links then lead on; a second one follows the piece's own.
text.addEventListener("click", (event) => {
  const piece = pieceAt(event)
  if (!piece || event.pointerType !== "touch" || piece.dataset.tapped) return
  event.preventDefault()
  for (const other of text.querySelectorAll("[data-tapped]")) delete other.dataset.tapped
  piece.dataset.tapped = "yes"
  show(piece)
})
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide()
})
document.addEventListener("scroll", () => shown && place(shown), { passive: true })
