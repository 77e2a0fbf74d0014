// Saves each answer by itself, in order, and tells how far it is; htmx carries the requests.

const form = document.getElementById("section-form");
const words = form.dataset;
const writer = Math.random().toString(36).slice(2, 12);
const dirty = new Set();
const sending = new Set();
const failed = new Map();
// The mark of a reply that is about the answer: what was saved, or between what to choose.
const SAVED = 'id="saved-';
let seq = 0;
form.elements.writer.value = writer;

const questionOf = (element) => element.closest?.(".question[data-uid]");
const stateOf = (question) => document.getElementById(`saved-${question.dataset.uid}`);

function show(question, state, text) {
  const place = stateOf(question);
  if (!place) return;
  place.dataset.state = state;
  const seen = place.querySelector("input");
  place.replaceChildren(seen, text);
  tellPage(text);
}

function tellPage(text) {
  const place = document.getElementById("page-saved");
  const choosing = form.querySelector(".saved[data-state=conflict]");
  const state = failed.size ? "failed" : dirty.size || sending.size ? "saving" : choosing ? "conflict" : "saved";
  if (state === "failed") text = failed.keys().next().value.dataset.said;
  else if (state !== "saved") text = words[state];
  if (place.dataset.state === state && place.textContent === text) return;
  place.dataset.state = state;
  place.textContent = text;
}

form.addEventListener("input", (event) => {
  const question = questionOf(event.target);
  if (question?.hasAttribute("hx-post")) dirty.add(question);
  if (event.target.value && question) {
    const none = question.querySelector(`[data-none="${event.target.name}"]`);
    if (none) none.checked = false;
  }
});

// How long a text is, once it comes near what is allowed.
form.addEventListener("input", ({ target }) => {
  const most = Number(target.dataset.count);
  if (!most) return;
  const length = target.value.normalize("NFC").length;
  const next = target.nextElementSibling;
  const place = next?.matches(".count") ? next : document.createElement("p");
  if (length < most * 0.8) return place.remove();
  place.className = "hint count";
  place.textContent = `${length.toLocaleString("vi")} / ${most.toLocaleString("vi")}`;
  target.after(place);
});

form.addEventListener("change", (event) => {
  const number = event.target.dataset.none && form.elements[event.target.dataset.none];
  if (number && event.target.checked) number.value = "";
});

// A request from inside a form carries the whole form; only the question's own fields are wanted.
form.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = event.detail;
  const uid = questionOf(elt)?.dataset.uid;
  if (!uid) return;
  for (const name of [...Object.keys(parameters)]) {
    const own = name === uid || name.startsWith(`${uid}-`) || name === `seen-${uid}`;
    if ((!own && name !== "csrf_token") || name === `${uid}-file`) delete parameters[name];
  }
  parameters.writer = writer;
  parameters.seq = ++seq;
});

form.addEventListener("htmx:beforeRequest", (event) => {
  const question = event.target;
  if (question.matches(".question")) {
    dirty.delete(question);
    sending.add(question);
    show(question, "saving", words.saving);
  }
});

form.addEventListener("htmx:afterRequest", ({ detail: { elt } }) => sending.delete(elt));

form.addEventListener("htmx:afterOnLoad", (event) => {
  const question = questionOf(event.detail.elt);
  const { status, responseText } = event.detail.xhr;
  if (!question || (status >= 400 && !responseText.includes(SAVED))) return;
  clearTimeout(failed.get(question));
  failed.delete(question);
  delete question.dataset.tries;
  tellPage(stateOf(question).textContent.trim());
});

function fail(question, timer, text) {
  clearTimeout(failed.get(question));
  failed.set(question, timer);
  question.dataset.said = text;
  show(question, "failed", text);
}

// The later the try, the longer the wait, so that a server that comes back isn't run over.
function retry(question) {
  const tries = Number(question.dataset.tries || 0);
  const wait = Math.min(30000, 2000 * 2 ** tries) * (0.75 + Math.random() / 2);
  question.dataset.tries = tries + 1;
  fail(question, setTimeout(() => resend(question), wait), words.failed);
}

// What the server won't take, it says why; the report may be opened again, so it is tried now and then.
function refused(question, page) {
  const said = new DOMParser().parseFromString(page, "text/html").querySelector(".notice");
  const text = said ? `${words.refused} ${said.textContent.trim()}` : words.failed;
  fail(question, setTimeout(() => resend(question), 60000), text);
}

function resend(question) {
  dirty.add(question);
  htmx.trigger(question, "retry");
}

// Two answers to one question are for the page to show; any other refusal only says why.
form.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const question = detail.requestConfig.elt;
  const { status, responseText } = detail.xhr;
  if (status < 400 || !question.matches?.(".question") || responseText.includes(SAVED)) return;
  detail.shouldSwap = false;
  if (!detail.isError) refused(question, responseText);
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, (event) => {
    const question = event.target;
    if (!question.matches?.(".question")) return;
    const { status, responseText } = event.detail.xhr ?? {};
    if (status === 401) fail(question, 0, words.failed);
    else if (status >= 400 && status < 500 && status !== 429) refused(question, responseText);
    else retry(question);
  });
}

document.addEventListener("signed-in", () => [...failed.keys()].forEach(resend));
window.addEventListener("online", () => [...failed.keys()].forEach(resend));

form.addEventListener("click", (event) => {
  const keep = event.target.closest("[data-keep]");
  if (keep) {
    event.preventDefault();
    resend(questionOf(keep));
  }
  if (event.target.closest("[data-take]")) {
    event.preventDefault();
    for (const all of [dirty, sending, failed]) all.clear();
    location.reload();
  }
  const clear = event.target.closest("[data-clear]");
  if (clear) {
    for (const radio of form.querySelectorAll(`[name="${clear.dataset.clear}"]`)) radio.checked = false;
    clear.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
for (const button of form.querySelectorAll("[data-clear]")) button.hidden = false;
for (const button of form.querySelectorAll("[data-plain]")) button.hidden = true;

// What hasn't been sent yet goes out as the page goes away.
function flush(questions) {
  for (const question of new Set(questions)) {
    const fields = new FormData();
    for (const field of question.querySelectorAll("[name]")) {
      if (field.matches("[type=checkbox], [type=radio]") && !field.checked) continue;
      if (field.type !== "file") fields.append(field.name, field.value);
    }
    fields.append("csrf_token", form.elements.csrf_token.value);
    fields.append("writer", writer);
    fields.append("seq", ++seq);
    fetch(question.getAttribute("hx-post"), { method: "POST", body: fields, keepalive: true });
  }
  dirty.clear();
}
let leaving = false;
form.addEventListener("submit", () => {
  leaving = true;
  dirty.clear();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !leaving) flush(dirty);
});
window.addEventListener("pagehide", () => leaving || flush([...dirty, ...sending, ...failed.keys()]));
window.addEventListener("beforeunload", (event) => {
  if (failed.size && !leaving) event.preventDefault();
});
