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
