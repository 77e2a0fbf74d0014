// Keeps what is typed in this browser until the server has it: no reload, crash or dead line loses a word.

const form = document.getElementById("section-form");
const KEPT_DAYS = 30;
const keyOf = (question) => `unsent ${document.body.dataset.username} ${question.getAttribute("hx-post")}`;
const questions = [...form.querySelectorAll(".question[hx-post]")];
const edits = new Map();
const sent = new Map();

const questionOf = (element) => element.closest?.(".question[hx-post]");
const seenOf = (question) => form.elements[`seen-${question.dataset.uid}`]?.value;
const isConflicted = (question) => Boolean(document.getElementById(`conflict-${question.dataset.uid}`)?.firstElementChild);
const fieldsOf = (question) =>
  [...question.querySelectorAll("[name]")]
    .filter((field) => field.type !== "file" && !field.name.startsWith("seen-"))
    .map((field) => [field.name, field.value, field.matches("[type=checkbox], [type=radio]") ? field.checked : true]);
const given = (fields) => JSON.stringify(fields.filter(([_name, value, on]) => on && value !== ""));

function keep(question) {
  const draft = {
    at: Date.now(),
    page: location.pathname,
    title: document.querySelector("h1").textContent,
    writer: form.elements.writer.value,
    seen: seenOf(question),
    fields: fieldsOf(question),
  };
  try {
    localStorage.setItem(keyOf(question), JSON.stringify(draft));
  } catch {
    // A full or forbidden store leaves what the page has always done: trying again until it is sent.
  }
}

function kept(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return Array.isArray(draft?.fields) ? draft : null;
  } catch {
    return null;
  }
}

const forget = (question) => localStorage.removeItem(keyOf(question));

for (const name of ["input", "change"]) {
  form.addEventListener(name, ({ target }) => {
    const question = questionOf(target);
    if (!question || target.type === "file") return;
    edits.set(question, (edits.get(question) || 0) + 1);
    keep(question);
  });
}
form.addEventListener("htmx:beforeRequest", ({ target }) => sent.set(target, edits.get(target)));
form.addEventListener("htmx:afterOnLoad", ({ detail: { elt, xhr } }) => {
  if (xhr.status < 400 && sent.has(elt) && sent.get(elt) === edits.get(elt)) forget(elt);
});
// What was typed while an answer was on its way has been typed over the revision that came back.
form.addEventListener("htmx:afterSettle", ({ target }) => {
  const question = questionOf(target);
  if (question && !isConflicted(question) && kept(keyOf(question))) keep(question);
});
form.addEventListener("click", ({ target }) => {
  const question = target.closest("[data-take]") && questionOf(target);
  if (question) forget(question);
});

form.addEventListener("submit", () => {
  sessionStorage.setItem("posted", JSON.stringify(questions.map(keyOf).filter((key) => key in localStorage)));
});

// What an earlier visit couldn't send goes out first; then the page shows what the server has.
function send(question, draft) {
  const detail = { key: keyOf(question), draft };
  document.dispatchEvent(new CustomEvent("draft", { detail }));
  return detail.arrived;
}

// What still can't be sent stands in its fields, is tried again, and meets what others wrote.
function putBack(question, draft) {
  const rowName = `${question.dataset.uid}-row`;
  const table = question.querySelector("table[data-free]");
  const rows = new Set([...(table?.tBodies[0].rows ?? [])].map((row) => row.dataset.row));
  for (const [name, value, on] of draft.fields) {
    if (name === rowName) {
      if (!rows.has(value)) table?.dispatchEvent(new CustomEvent("row-wanted", { detail: value }));
      continue;
    }
    for (const field of question.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (!field.matches("[type=checkbox], [type=radio]")) field.value = value;
      else if (field.value === value) field.checked = on;
    }
  }
  const seen = form.elements[`seen-${question.dataset.uid}`];
  if (seen) seen.value = draft.seen;
  htmx.trigger(question, "retry");
}

// Typed before this script was there: on a slow line a person is faster than the page.
function typedEarly(control) {
  if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
  if (!control.matches("select")) return control.value !== control.defaultValue;
  const chosen = [...control.options].findLastIndex((option) => option.defaultSelected);
  return control.selectedIndex !== Math.max(chosen, 0);
}

function takeUp() {
  for (const question of questions) {
    const controls = question.querySelectorAll(":is(input, select, textarea)[name]:not([type=file], [type=hidden])");
    const early = [...controls].find(typedEarly);
    if (early && !kept(keyOf(question))) early.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

async function restore() {
  const found = questions.map((question) => [question, kept(keyOf(question))]).filter(([_question, draft]) => draft);
  const left = found.filter(([question, draft]) => given(draft.fields) !== given(fieldsOf(question)));
  for (const [question] of found) if (!left.some(([one]) => one === question)) forget(question);
  const arrived = await Promise.all(left.map(([question, draft]) => send(question, draft)));
  left.forEach(([question, draft], place) => (arrived[place] ? forget(question) : putBack(question, draft)));
  if (left.length && arrived.every(Boolean)) location.reload();
}

function sweep() {
  for (const key of Object.keys(localStorage)) {
    const draft = key.startsWith("unsent ") && kept(key);
    if (draft && Date.now() - draft.at > KEPT_DAYS * 86_400_000) localStorage.removeItem(key);
  }
}

// The browser's own memory of the fields would put an old answer over a newer one on the way back.
form.autocomplete = "off";
sweep();
// By then htmx listens to the fields.
document.addEventListener("DOMContentLoaded", () => {
  takeUp();
  restore();
});
