// The builder: an editor with unsaved words is never swept away, and what changed is shown.

const page = document.getElementById("main");
const isChanged = (editor) =>
  [...editor.elements].some((field) =>
    field.matches("select")
      ? [...field.options].some((option) => option.selected !== option.defaultSelected && option.value)
      : field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.value !== field.defaultValue,
  );
const openEditors = () => [...page.querySelectorAll("form[data-editor]")];
// What a request sweeps away: what it swaps, or the section that it deletes.
const swept = ({ target, pathInfo, requestConfig }) =>
  /\/sections\/\d+\/delete$/.test(pathInfo.requestPath)
    ? requestConfig.triggeringEvent.submitter.closest(".part")
    : target;

page.addEventListener("htmx:beforeRequest", (event) => {
  const target = swept(event.detail);
  const blocking = openEditors().find(
    (editor) => target?.contains(editor) && !editor.contains(event.detail.elt) && isChanged(editor),
  );
  if (!blocking) return;
  event.preventDefault();
  blocking.closest(".editor").classList.add("flash-row");
  blocking.querySelector("button:not([name])").focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const piece = event.detail.elt;
  page.querySelector(".flash-row")?.scrollIntoView({ block: "nearest" });
  piece.querySelector?.("[autofocus]")?.focus();
  if (piece.matches?.(".editor") && !piece.querySelector("[autofocus]")) piece.querySelector("textarea, a, input:not([type=hidden])")?.focus();
  if (piece.matches?.("details.menu")) piece.querySelector("button, input, select")?.focus();
});
page.addEventListener("animationend", (event) => event.target.classList.remove("flash-row"));

// A menu that was fetched goes when it closes: the next one knows the form as it is then.
page.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (menu.open || !menu.matches(".acts > .menu")) return;
    const link = menu.previousElementSibling;
    const focused = menu.contains(document.activeElement);
    menu.remove();
    if (focused) link.focus();
  },
  true,
);
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.elt.matches("#acts, .menu-form")) return;
  for (const menu of page.querySelectorAll(".acts > .menu[open]")) menu.open = false;
  // Where there is nothing left to undo, its button is gone: the other one keeps the place.
  if (/\/(undo|redo)$/.test(event.detail.pathInfo.requestPath) && document.activeElement === document.body) {
    (document.getElementById("undo") ?? document.getElementById("redo"))?.focus();
  }
});
const reload = () => htmx.ajax("GET", location.pathname, { target: "#form", swap: "outerHTML" });

// What was moved is put where the server says that it stands.
document.addEventListener("placed", (event) => {
  const { id, before, into } = event.detail;
  const row = document.getElementById(id);
  const next = before && document.getElementById(before);
  const list = into && document.getElementById(into);
  if (!row || !(next || list)) return reload();
  const held = row.contains(document.activeElement) ? document.activeElement : null;
  if (next) next.before(row);
  else list.append(row);
  row.classList.add("flash-row");
  row.scrollIntoView({ block: "nearest" });
  if (!held) return;
  held.focus();
  const focused = document.activeElement === held && getComputedStyle(held).visibility === "visible";
  if (!focused) row.querySelector(`[value="${held.value === "up" ? "down" : "up"}"]`)?.focus();
});
// A page that somebody else has changed meanwhile is shown anew.
document.addEventListener("htmx:oobErrorNoTarget", reload);
document.addEventListener("htmx:afterRequest", async ({ detail: { elt, xhr } }) => {
  if (xhr.status < 400 || !elt.matches("#acts, .menu-form")) return;
  await reload();
  if (xhr.status === 409) document.getElementById("form").insertAdjacentHTML("afterbegin", xhr.response);
});

// A way back that a note offers is gone without leaving the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!/\/(questions|sections)\/\d+\/restore$/.test(form.action)) return;
  event.preventDefault();
  htmx.ajax("POST", form.action, { source: "#acts", swap: "none" });
  form.closest(".toast-note").remove();
});

// Dragging: the same move as the buttons make, to the place where the row was dropped.
const moveTo = (row, values) =>
  htmx.ajax("POST", row.querySelector('[value="up"]').formAction, { source: "#acts", swap: "none", values });
function makeSortable() {
  for (const list of page.querySelectorAll("ol.questions")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: "questions",
      handle: ".handle",
      onEnd: ({ item, to, newIndex, from, oldIndex }) => {
        // What is left of the styles would be carried over as inline ones, which the policy forbids.
        for (const row of page.querySelectorAll(".q-row[style]")) row.removeAttribute("style");
        if (to === from && newIndex === oldIndex) return;
        moveTo(item, { section: to.dataset.section, place: newIndex + 1 });
      },
    });
  }
}

makeSortable();
document.addEventListener("htmx:afterSettle", () => {
  makeSortable();
  narrow();
});

// Finding a question by its words, with or without accents.
const search = document.getElementById("builder-search");
const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
function narrow() {
  const wanted = plain(search.querySelector("input").value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const row of page.querySelectorAll(".q-row")) {
    const fits = wanted.every((word) => plain(row.textContent).includes(word));
    // Not hidden: a row that isn't laid out wouldn't be counted by the numbers.
    row.classList.toggle("unmatched", !fits);
    found += fits;
  }
  const count = document.getElementById("found-count");
  count.textContent = wanted.length && !found ? count.dataset.none : "";
}
search.hidden = false;
search.addEventListener("input", narrow);

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, dialog") && event.key !== "Escape") return;
  const row = event.target.closest(".q-row");
  if (event.altKey && row && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    row.querySelector(`[value="${event.key === "ArrowUp" ? "up" : "down"}"]`).click();
  } else if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)) {
    const again = event.key.toLowerCase() === "y" || event.shiftKey;
    const button = document.getElementById(again ? "redo" : "undo");
    if (!button) return;
    event.preventDefault();
    button.click();
  } else if (event.ctrlKey || event.metaKey) {
    return;
  } else if (event.key === "/") {
    event.preventDefault();
    search.querySelector("input").focus();
  } else if (event.key === "n") {
    [...page.querySelectorAll("[data-add]")].pop()?.click();
  } else if (event.key === "?") {
    document.getElementById("keys").showModal();
  } else if (event.key === "Escape") {
    const editor = event.target.closest("form[data-editor]");
    if (editor && !isChanged(editor)) editor.querySelector("a.btn-secondary")?.click();
  }
});
