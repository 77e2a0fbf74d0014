// Tables to fill in: totals at once, arrows and Enter as in a spreadsheet, blocks pasted from Excel.

const form = document.getElementById("section-form");
const words = form.dataset;
const CONTROLS = "input:not([type=hidden]), select, textarea";

const bodyOf = (table) => table.tBodies[0];
const gridOf = (table) =>
  [...bodyOf(table).rows].map((row) => [...row.querySelectorAll(`td:not(.act) > :is(${CONTROLS})`)]);

// Vietnamese numbers: dots group thousands, the comma begins the decimals.
function numberOf(text) {
  const compact = text.replace(/[\s.]/g, "").replace(",", ".");
  return compact !== "" && Number.isFinite(Number(compact)) ? compact : null;
}

// Adds decimal texts without the rounding of floating point.
function sum(texts) {
  const places = Math.max(0, ...texts.map((text) => (text.split(".")[1] || "").length));
  const total = texts.reduce((all, text) => {
    const [whole, part = ""] = text.replace("-", "").split(".");
    const scaled = BigInt(whole + part.padEnd(places, "0"));
    return all + (text.startsWith("-") ? -scaled : scaled);
  }, 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const part = places ? digits.slice(-places).replace(/0+$/, "") : "";
  return (total < 0n ? "-" : "") + whole + (part ? `,${part}` : "");
}

function total(table) {
  for (const output of table.querySelectorAll("[data-total]")) {
    const cells = table.querySelectorAll(`tbody [data-column="${output.dataset.total}"]`);
    const numbers = [...cells].map((cell) => numberOf(cell.value)).filter((one) => one !== null);
    output.textContent = numbers.length ? sum(numbers) : "";
  }
}

function renumber(table) {
  [...bodyOf(table).rows].forEach((row, index) => {
    row.querySelector(".place").firstChild.data = index + 1;
  });
}

function addRow(table) {
  const rows = bodyOf(table).rows;
  if (rows.length >= Number(table.dataset.most)) return null;
  const last = rows[rows.length - 1];
  const copy = last.cloneNode(true);
  const from = last.dataset.row;
  const to = `r${Math.random().toString(36).slice(2, 9)}`;
  copy.dataset.row = to;
  for (const control of copy.querySelectorAll("input, select, textarea")) {
    if (control.type === "hidden") control.value = to;
    else {
      control.name = control.name.replace(`-${from}-`, `-${to}-`);
      control.value = "";
    }
    control.removeAttribute("aria-invalid");
  }
  copy.querySelectorAll("td.wrong").forEach((cell) => cell.classList.remove("wrong"));
  bodyOf(table).append(copy);
  renumber(table);
  return copy;
}

function changed(table) {
  total(table);
  table.dispatchEvent(new Event("change", { bubbles: true }));
}

function removeRow(table, row) {
  if (bodyOf(table).rows.length === 1) addRow(table);
  const next = row.nextSibling;
  row.remove();
  renumber(table);
  changed(table);
  const note = document.createElement("div");
  note.className = "toast-note";
  const text = document.createElement("p");
  text.textContent = words.rowGone;
  const undo = document.createElement("button");
  undo.type = "button";
  undo.textContent = words.undo;
  undo.addEventListener("click", () => {
    bodyOf(table).insertBefore(row, next?.parentNode ? next : null);
    renumber(table);
    changed(table);
    note.remove();
  });
  note.append(text, undo);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 12000);
}

function move(table, control, down, right) {
  const grid = gridOf(table);
  const row = grid.findIndex((line) => line.includes(control));
  const target = grid[row + down]?.[grid[row].indexOf(control) + right];
  if (!target) return false;
  target.focus();
  target.select?.();
  return true;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(event) {
  const control = event.target;
  const table = event.currentTarget;
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && control.tagName !== "TEXTAREA") {
    event.preventDefault();
    if (!move(table, control, event.shiftKey ? -1 : 1, 0) && table.dataset.free && !event.shiftKey) {
      addRow(table)?.querySelector(`td > :is(${CONTROLS})`)?.focus();
    }
    return;
  }
  const step = STEPS[event.key];
  if (!step || control.tagName !== "INPUT") return;
  const inside = control.selectionStart !== control.selectionEnd;
  if (event.key === "ArrowLeft" && (inside || control.selectionStart > 0)) return;
  if (event.key === "ArrowRight" && (inside || control.selectionEnd < control.value.length)) return;
  if (move(table, control, ...step)) event.preventDefault();
}

function setCell(control, text) {
  if (control.tagName !== "SELECT") {
    control.value = text.trim();
    return;
  }
  const wanted = text.trim().toLowerCase();
  const option = [...control.options].find((one) => one.text.toLowerCase() === wanted);
  if (option) control.value = option.value;
}

// A block copied from Excel: tabs between cells, line ends between rows.
function onPaste(event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const control = event.target;
  if (!text.includes("\t") && (!text.includes("\n") || control.tagName === "TEXTAREA")) return;
  event.preventDefault();
  const table = event.currentTarget;
  const lines = text.split("\n").map((line) => line.split("\t"));
  let grid = gridOf(table);
  const top = grid.findIndex((line) => line.includes(control));
  const left = grid[top].indexOf(control);
  while (table.dataset.free && grid.length < top + lines.length && addRow(table)) grid = gridOf(table);
  lines.forEach((line, down) =>
    line.forEach((cell, right) => {
      const target = grid[top + down]?.[left + right];
      if (target) setCell(target, cell);
    }),
  );
  if (grid.length < top + lines.length) {
    alertOnce(table, words.tooMany.replace("{most}", grid.length));
  }
  changed(table);
}

function alertOnce(table, text) {
  const place = document.getElementById(`error-${table.closest(".question").dataset.uid}`);
  const note = document.createElement("p");
  note.className = "error";
  note.setAttribute("role", "alert");
  note.textContent = text;
  place.replaceChildren(note);
}

for (const table of form.querySelectorAll("table[data-table]")) {
  table.addEventListener("input", () => total(table));
  table.addEventListener("keydown", onKey);
  table.addEventListener("paste", onPaste);
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove-row]");
    if (button) removeRow(table, button.closest("tr"));
  });
  for (const button of table.querySelectorAll("[data-remove-row]")) button.hidden = false;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  event.preventDefault();
  const table = document.getElementById(button.dataset.addRow);
  addRow(table)?.querySelector(`td > :is(${CONTROLS})`)?.focus();
});
