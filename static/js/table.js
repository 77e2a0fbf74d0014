// Tables to fill in: totals at once, arrows and Enter as in a spreadsheet, blocks pasted from Excel.

const form = document.getElementById("section-form");
const words = form.dataset;
const CONTROLS = "input:not([type=hidden]), select, textarea";

const bodyOf = (table) => table.tBodies[0];
// The cells of the table's columns, null where nothing is typed, so that pasted blocks keep in step.
const gridOf = (table) =>
  [...bodyOf(table).rows].map((row) =>
    [...row.cells]
      .filter((cell) => cell.matches("td:not(.act, .lead)"))
      .map((cell) => cell.querySelector(`:scope > :is(${CONTROLS})`)),
  );

// Figures are whole numbers of millionths, so that nothing is lost to floating point.
const PLACES = 6;
const HUNDREDTH = 10n ** BigInt(PLACES - 2);
const WHOLE = /^[+-]?(\d+|\d{1,3}([. ]\d{3})+)$/;
const DECIMAL = /^[+-]?(\d+|\d{1,3}([. ]\d{3})+),\d+$/;

// Vietnamese numbers: dots group thousands, the comma begins the decimals.
function numberOf(control) {
  const text = control.value.trim().replace(/[\u2212\u2013]/g, "-").replace(/\s*(đồng|vnd|đ|%)$/i, "");
  const unclear = control.inputMode === "decimal" && /^[+-]?\d{1,3}\.\d{3}$/.test(text);
  if (unclear || !(WHOLE.test(text) || DECIMAL.test(text))) return null;
  const [whole, part = ""] = text.replace(/[+\s.-]/g, "").split(",");
  if (part.replace(/0+$/, "").length > PLACES) return null;
  const figure = BigInt(whole + part.slice(0, PLACES).padEnd(PLACES, "0"));
  return text.startsWith("-") ? -figure : figure;
}

function textOf(figure) {
  const digits = (figure < 0n ? -figure : figure).toString().padStart(PLACES + 1, "0");
  const whole = digits.slice(0, -PLACES).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const part = digits.slice(-PLACES).replace(/0+$/, "");
  return (figure < 0n ? "-" : "") + whole + (part ? `,${part}` : "");
}

const added = (figures) => {
  const given = figures.filter((one) => one !== null);
  return given.length ? given.reduce((all, one) => all + one, 0n) : null;
};

// Two places, halves away from zero, as the server has it.
function divided(above, below) {
  const negative = above < 0n !== below < 0n;
  const [up, down] = [above < 0n ? -above : above, below < 0n ? -below : below];
  const hundredths = (up * 200n + down) / (down * 2n);
  return (negative ? -hundredths : hundredths) * HUNDREDTH;
}

// The same reckoning as in questionnaire/types/table_sums.py, by the definition that it gives.
class Reckoner {
  constructor(table) {
    this.definition = JSON.parse(table.dataset.definition);
    this.places = new Map();
    for (const row of bodyOf(table).rows) {
      for (const one of row.querySelectorAll("[data-column]")) {
        this.places.set(`${row.dataset.row} ${one.dataset.column}`, one);
      }
    }
  }

  show() {
    this.figures = new Map();
    for (const [place, output] of this.places) {
      if (output.tagName !== "OUTPUT") continue;
      const [row, column] = place.split(" ");
      const figure = this.figure(row, column);
      const byZero = figure === "zero";
      output.title = byZero ? output.dataset.zero : "";
      output.textContent = byZero ? "–" : figure === null ? "" : textOf(figure) + output.dataset.suffix;
    }
  }

  // A figure, null for blank, "zero" for a quotient that can't be.
  figure(row, column) {
    const place = `${row} ${column}`;
    if (!this.figures.has(place)) {
      this.figures.set(place, null);
      this.figures.set(place, this.workedOut(row, column));
    }
    return this.figures.get(place);
  }

  workedOut(row, column) {
    const control = this.places.get(`${row} ${column}`);
    const one = this.definition.columns[column];
    if (!control || !one) return null;
    if (control.tagName !== "OUTPUT") return numberOf(control);
    if (!one.kind) return added(this.definition.rows[row].map((part) => this.figure(part, column)));
    const side = (name) => (one[name] || []).map((part) => this.figure(row, part));
    const less = added(side("minus"));
    const more = added(side("plus"));
    const above = less === null ? more : (more ?? 0n) - less;
    if (one.kind === "sum" || above === null) return above;
    if (one.kind === "mean") return divided(above, BigInt(side("plus").filter((part) => part !== null).length) * 10n ** BigInt(PLACES));
    const below = added(side("over"));
    if (below === null) return null;
    return below === 0n ? "zero" : divided(one.kind === "percent" ? above * 100n : above, below);
  }
}

const reckoners = new WeakMap();

function total(table) {
  if (!table.dataset.definition) return;
  // The rows of a free table come and go.
  if (table.dataset.free || !reckoners.has(table)) reckoners.set(table, new Reckoner(table));
  reckoners.get(table).show();
}

function renumber(table) {
  [...bodyOf(table).rows].forEach((row, index) => {
    row.querySelector(".place").firstChild.data = index + 1;
  });
}

function addRow(table, to = `r${Math.random().toString(36).slice(2, 9)}`) {
  const rows = bodyOf(table).rows;
  if (rows.length >= Number(table.dataset.most)) return null;
  const last = rows[rows.length - 1];
  const copy = last.cloneNode(true);
  const from = last.dataset.row;
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
  total(table);
  table.dispatchEvent(new Event("row-added"));
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
  let column = grid[row].indexOf(control) + right;
  let line = row + down;
  while (grid[line]?.[column] === null) [line, column] = [line + down, column + right];
  const target = grid[line]?.[column];
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

// Tells whether the cell takes the text: lists take only what they offer.
function setCell(control, text) {
  if (control.tagName !== "SELECT") {
    control.value = (control.tagName === "TEXTAREA" ? text : text.replace(/\s*\n\s*/g, " ")).trim();
    return true;
  }
  const wanted = text.trim().normalize("NFC").toLowerCase();
  const option = [...control.options].find((one) => one.text.trim().normalize("NFC").toLowerCase() === wanted);
  if (option) control.value = option.value;
  return Boolean(option);
}

// A block copied from Excel: tabs between cells, line ends between rows. A cell that has such a mark
// in itself stands between quotation marks, with its own ones doubled.
function cellsOf(text) {
  const lines = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/gy)) {
    const isMarked = /[\t\n]|""/.test(quoted ?? "");
    lines.at(-1).push(isMarked ? quoted.replaceAll('""', '"') : (plain ?? `"${quoted}"`));
    if (end === "\n") lines.push([]);
    if (!end) break;
  }
  return lines;
}

function onPaste(event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const control = event.target;
  const lines = cellsOf(text);
  const isOne = lines.length === 1 && lines[0].length === 1;
  const isProse = control.tagName === "TEXTAREA" && !text.includes("\t") && lines.flat().join("\n") === text;
  if ((isOne && lines[0][0] === text) || isProse) return;
  event.preventDefault();
  const table = event.currentTarget;
  if (isOne && control.tagName !== "SELECT") {
    control.setRangeText(lines[0][0], control.selectionStart, control.selectionEnd, "end");
    return changed(table);
  }
  let grid = gridOf(table);
  const top = grid.findIndex((line) => line.includes(control));
  const left = grid[top].indexOf(control);
  while (table.dataset.free && grid.length < top + lines.length && addRow(table)) grid = gridOf(table);
  const unknown = new Set();
  lines.forEach((line, down) =>
    line.forEach((cell, right) => {
      const target = grid[top + down]?.[left + right];
      if (target && !setCell(target, cell)) unknown.add(cell.trim());
    }),
  );
  const wide = Math.max(...lines.map((line) => line.length)) - (grid[top].length - left);
  tell(table, [
    grid.length < top + lines.length && words.tooMany.replace("{most}", grid.length),
    wide > 0 && words.tooWide.replace("{count}", wide),
    unknown.size && words.noChoice.replace("{texts}", [...unknown].slice(0, 5).map((one) => `“${one}”`).join(", ")),
  ]);
  changed(table);
}

function tell(table, texts) {
  const place = document.getElementById(`error-${table.closest(".question").dataset.uid}`);
  const notes = texts.filter(Boolean).map((text) => {
    const note = document.createElement("p");
    note.className = "error";
    note.setAttribute("role", "alert");
    note.textContent = text;
    return note;
  });
  place.replaceChildren(...notes);
}

for (const table of form.querySelectorAll("table[data-table]")) {
  table.addEventListener("input", () => total(table));
  table.addEventListener("put-back", () => {
    if (table.dataset.free) renumber(table);
    total(table);
  });
  table.addEventListener("row-wanted", ({ detail }) => addRow(table, detail));
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
