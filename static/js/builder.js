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

page.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  const blocking = openEditors().find(
    (editor) => target.contains(editor) && !editor.contains(event.detail.elt) && isChanged(editor),
  );
  if (!blocking) return;
  event.preventDefault();
  blocking.closest(".editor").classList.add("flash-row");
  blocking.querySelector("button:not([name])").focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const shown = event.detail.elt.id === "form" ? page.querySelector("#form .flash-row") : null;
  shown?.scrollIntoView({ block: "nearest" });
  event.detail.elt.querySelector?.("[autofocus]")?.focus();
  if (event.detail.elt.matches?.(".editor")) event.detail.elt.querySelector("textarea, a, input:not([type=hidden])")?.focus();
});

// Dragging: the same move as the buttons make, to the place where the row was dropped.
function makeSortable() {
  for (const list of page.querySelectorAll("ol.questions")) {
    Sortable.create(list, {
      group: "questions",
      handle: ".handle",
      onEnd: ({ item, to, newIndex, from, oldIndex }) => {
        // What is left of the styles would be carried over as inline ones, which the policy forbids.
        for (const row of page.querySelectorAll(".q-row[style]")) row.removeAttribute("style");
        if (to === from && newIndex === oldIndex) return;
        const values = { section: to.dataset.section, place: newIndex + 1 };
        htmx.ajax("POST", item.dataset.move, { target: "#form", swap: "outerHTML", values });
      },
    });
  }
}

makeSortable();
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "form") {
    makeSortable();
    narrow();
  }
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
    row.hidden = !fits;
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
    const values = { step: event.key === "ArrowUp" ? "up" : "down" };
    htmx.ajax("POST", row.dataset.move, { target: "#form", swap: "outerHTML", values }).then(() =>
      document.getElementById(row.id)?.querySelector("a, button")?.focus(),
    );
  } else if (event.key === "/") {
    event.preventDefault();
    search.querySelector("input").focus();
  } else if (event.key === "n") {
    [...page.querySelectorAll(".add-line a")].filter((one) => one.hasAttribute("hx-get")).pop()?.click();
  } else if (event.key === "?") {
    document.getElementById("keys").showModal();
  } else if (event.key === "Escape") {
    const editor = event.target.closest("form[data-editor]");
    if (editor && !isChanged(editor)) editor.querySelector("a.btn-secondary")?.click();
  }
});
