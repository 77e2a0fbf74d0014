// What another person has put into the same table comes in beside what is typed here, and never over it.

const form = document.getElementById("section-form");
const CONTROLS = "input:not([type=hidden]), select, textarea";
const sent = new WeakMap();

const controlsOf = (row) => [...row.querySelectorAll(CONTROLS)];
const isBlank = (row) => controlsOf(row).every((control) => control.value === "");

form.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.querySelector("table[data-table]")) {
    sent.set(target, new Map(controlsOf(target).map((control) => [control.name, control.value])));
  }
});

function bringIn(question, merged) {
  const before = sent.get(question) || new Map();
  const untouched = (control) => before.get(control.name) === control.value && control !== document.activeElement;
  const body = question.querySelector("table[data-table]").tBodies[0];
  const rows = new Map([...body.rows].map((row) => [row.dataset.row, row]));
  let last = null;
  for (const theirs of [...merged.rows]) {
    const mine = rows.get(theirs.dataset.row);
    rows.delete(theirs.dataset.row);
    if (mine) {
      for (const control of controlsOf(theirs)) {
        const own = mine.querySelector(`[name="${CSS.escape(control.name)}"]`);
        if (own && untouched(own)) own.value = control.value;
      }
      last = mine;
    } else if (!isBlank(theirs)) {
      for (const button of theirs.querySelectorAll("[data-remove-row]")) button.hidden = false;
      theirs.classList.add("flash-row");
      body.insertBefore(theirs, last ? last.nextSibling : body.firstChild);
      last = theirs;
    }
  }
  // What the other person has taken out goes here too, unless it has been typed in since.
  for (const row of rows.values()) if (!isBlank(row) && controlsOf(row).every(untouched)) row.remove();
}

form.addEventListener("htmx:afterSwap", ({ target }) => {
  const question = target.closest(".question");
  const piece = question?.querySelector("template[data-merged]");
  const merged = piece?.content.querySelector("table[data-table]");
  piece?.remove();
  if (!merged) return;
  bringIn(question, merged.tBodies[0]);
  const table = question.querySelector("table[data-table]");
  table.dispatchEvent(new Event("put-back"));
  table.dispatchEvent(new Event("brought-in"));
});
