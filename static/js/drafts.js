// Keeps what is typed in this browser until the server has it: no reload, crash or dead line loses a word.

const form = document.getElementById("section-form");
const KEPT_DAYS = 30;
const LATER = 1_000_000;
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
  const body = new FormData();
  for (const [name, value, on] of draft.fields) if (on) body.append(name, value);
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("writer", draft.writer);
  body.append("seq", LATER);
  body.append(`seen-${question.dataset.uid}`, draft.seen);
  return fetch(question.getAttribute("hx-post"), { method: "POST", body, headers: { "HX-Request": "true" } }).then(
    (answer) => answer.ok,
    () => false,
  );
}

// What still can't be sent stands in its fields, is tried again, and meets what others wrote.
function putBack(question, draft) {
  for (const [name, value, on] of draft.fields) {
    for (const field of question.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (!field.matches("[type=checkbox], [type=radio]")) field.value = value;
      else if (field.value === value) field.checked = on;
    }
  }
  const seen = form.elements[`seen-${question.dataset.uid}`];
  if (seen) seen.value = draft.seen;
  htmx.trigger(question, "retry");
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

sweep();
restore();
