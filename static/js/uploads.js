// Evidence goes up file by file and part by part; what a broken line stopped goes on from where it was.

const form = document.getElementById("section-form");
const TRIES_APART = 4000;
const PART = 128 * 1024;
const waiting = [];
let busy = null;

function line(list, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.hidden = true;
  bar.setAttribute("aria-label", file.name);
  const state = document.createElement("span");
  state.className = "soft small";
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "btn btn-quiet btn-small";
  cancel.textContent = list.dataset.cancel;
  item.append(name, bar, state, cancel);
  list.append(item);
  return { item, bar, state, cancel };
}

function say(upload, text, wrong = false) {
  upload.state.textContent = text;
  upload.state.classList.toggle("error", wrong);
}

function add(input, file) {
  const list = document.getElementById(`uploads-${input.id}`);
  const upload = { ...line(list, file), input, file, list, words: list.dataset };
  upload.cancel.addEventListener("click", () => drop(upload));
  if (file.size > Number(input.dataset.largest)) return say(upload, upload.words.large, true);
  const taken = document.querySelectorAll(`#files-${input.id} > li`).length;
  if (taken >= Number(input.dataset.most)) return say(upload, upload.words.many, true);
  say(upload, upload.words.waiting);
  waiting.push(upload);
  next();
}

function drop(upload) {
  upload.request?.abort();
  clearTimeout(upload.timer);
  if (waiting.includes(upload)) waiting.splice(waiting.indexOf(upload), 1);
  upload.item.remove();
  if (busy === upload) done();
}

function done() {
  busy = null;
  next();
}

function next() {
  if (busy || !waiting.length) return;
  busy = waiting.shift();
  send(busy);
}

// The same file, chosen again after the page was left, goes on where it stopped.
const keyOf = ({ file, input }) => `upload ${input.dataset.upload} ${file.size} ${file.lastModified} ${file.name}`;

function tokenOf(upload) {
  const token = localStorage.getItem(keyOf(upload)) || Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join("");
  try {
    localStorage.setItem(keyOf(upload), token);
  } catch {
    // Without a store, an upload only goes on while its page is open.
  }
  return token;
}

function send(upload) {
  const { file, input } = upload;
  upload.token ??= tokenOf(upload);
  upload.have ??= 0;
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("upload", upload.token);
  body.append("offset", upload.have);
  body.append("size", file.size);
  body.append("filename", file.name);
  body.append("part", file.slice(upload.have, upload.have + PART), "part");
  const request = new XMLHttpRequest();
  upload.request = request;
  request.open("POST", `${input.dataset.upload}/parts`);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => {
    const sent = Math.max(0, event.loaded - (event.total - Math.min(PART, file.size - upload.have)));
    upload.bar.hidden = false;
    upload.bar.value = (100 * (upload.have + sent)) / file.size;
  });
  request.addEventListener("load", () => answered(upload, request));
  request.addEventListener("error", () => again(upload));
  say(upload, upload.words.sending);
  request.send(body);
}

function answered(upload, request) {
  if (request.status >= 500 || request.status === 401 || request.status === 429) {
    // The page asks who is there, as after a save that was refused for it.
    if (request.status === 401) htmx.trigger(form, "htmx:responseError", { xhr: request });
    return again(upload);
  }
  if (request.status === 200 && request.getResponseHeader("Content-Type").startsWith("application/json")) {
    upload.have = JSON.parse(request.responseText).have;
    return send(upload);
  }
  localStorage.removeItem(keyOf(upload));
  if (request.status === 200) {
    upload.item.remove();
    putInPlace(`#files-${upload.input.id}`, request.responseText);
  } else {
    upload.bar.hidden = true;
    say(upload, upload.words.refused, true);
  }
  done();
}

// A name that is being typed for another file stays as it is.
function putInPlace(target, text) {
  const typed = [...document.querySelectorAll(`${target} details[open] input`)].map(({ name, value, selectionStart }) => ({
    name,
    value,
    at: name === document.activeElement?.name ? selectionStart : null,
  }));
  htmx.swap(target, text, { swapStyle: "outerHTML" });
  for (const { name, value, at } of typed) {
    const input = document.querySelector(`${target} input[name="${CSS.escape(name)}"]`);
    if (!input) continue;
    input.closest("details").open = true;
    input.value = value;
    if (at !== null) {
      input.focus();
      input.setSelectionRange(at, at);
    }
  }
}

function again(upload) {
  upload.bar.hidden = true;
  say(upload, upload.words.failed, true);
  clearTimeout(upload.timer);
  upload.timer = setTimeout(() => send(upload), TRIES_APART);
}

for (const name of ["online", "signed-in"]) {
  (name === "online" ? window : document).addEventListener(name, () => {
    if (!busy?.state.classList.contains("error")) return;
    clearTimeout(busy.timer);
    send(busy);
  });
}

form.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.dataset.upload) return;
  const files = [...input.files];
  input.value = "";
  for (const file of files) add(input, file);
});

window.addEventListener("beforeunload", (event) => {
  if (busy || waiting.length) event.preventDefault();
});
