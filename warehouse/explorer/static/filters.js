// The list below the actor field: the actors that fit what was typed.

const field = document.querySelector('#filters input[name="actor"]')
const list = document.querySelector("#actor-names")
const PAUSE = 150 // milliseconds without a key before the server is asked

let timer

/** Ask for the actors that fit and offer them; what comes too late is dropped. */
async function offer() {
  const word = field.value.trim()
  if (!word) return
  const answer = await fetch(`/data/actors.json?like=${encodeURIComponent(word)}`)
  if (!answer.ok || word !== field.value.trim()) return
  const found = await answer.json()
  list.replaceChildren(
    ...found.map(({ name, actor_id: id, mentions }) => {
      const option = document.createElement("option")
      option.value = id
      option.label = `${name} (${mentions})`
      return option
    }),
  )
}

field?.addEventListener("input", () => {
  clearTimeout(timer)
  timer = setTimeout(offer, PAUSE)
})
