// What every page does: menus close, dialogs open, destructive buttons ask, toasts go.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
  event.target.closest("[data-dismiss]")?.closest(".toast-note")?.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function ask(button) {
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  text.textContent = button.dataset.confirm;
  const row = document.createElement("div");
  row.className = "form-actions";
  const yes = document.createElement("button");
  yes.type = "button";
  yes.className = "btn btn-danger";
  yes.textContent = button.textContent.trim() || button.getAttribute("aria-label");
  const no = document.createElement("button");
  no.type = "button";
  no.className = "btn btn-secondary";
  no.textContent = document.documentElement.lang === "en" ? "Cancel" : "Không";
  row.append(yes, no);
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    button.dataset.confirmed = "yes";
    button.click();
  });
  dialog.showModal();
  no.focus();
}

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || button.dataset.confirmed) {
      if (button) delete button.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(button);
  },
  true,
);

// A page kept by the browser may show what belongs to somebody who has signed out since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

// Signed out in the middle: the page stays, and the person signs in again on it.
const banner = document.getElementById("signed-out");
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401 || !banner.hidden) return;
  banner.hidden = false;
  const who = document.body.dataset.username || "";
  htmx.ajax("GET", `${banner.dataset.url}?username=${encodeURIComponent(who)}`, "#sign-in-again");
});
document.addEventListener("signed-in", (event) => {
  const { token } = event.detail;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  banner.hidden = true;
  document.getElementById("sign-in-again").replaceChildren();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
