// The columns of a table that is designed: a line each, from left to right.

export const make = (name, attributes = {}, ...inner) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
};
export const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
export const blockOf = (event) =>
  event.clipboardData
    .getData("text/plain")
    .replace(/\r\n?/g, "\n")
    .replace(/(^|\t)"((?:[^"\t]|"")*\n(?:[^"\t]|"")*)"(?=\t|\n|$)/gm, (_all, start, inner) => start + inner.replaceAll("\n", " "))
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t"));

const linesOf = (table) => [...table.tBodies[0].rows];
const controlOf = (line, name) => line.querySelector(`[name$="-${name}"]`);
const changed = (table) => table.dispatchEvent(new Event("change", { bubbles: true }));
const MARK = /^\(?([A-ZĐ]|MS|\d{1,3}(\.\d{1,2})*[a-z]?)\)?(\s*\(?=.+)?$/;
const TYPED = ["", "apart", "last", "year", "year_to_date"];
let newest = 0;

// Columns that have a name; each line keeps a mark of its own wherever it moves.
export function leavesOf(table) {
  return linesOf(table)
    .map((line) => {
      line.dataset.line ||= `l${(newest += 1)}`;
      const marker = controlOf(line, "marker").value.trim();
      return {
        line: line.dataset.line,
        label: controlOf(line, "label").value.trim(),
        groups: controlOf(line, "group").value.split(">").map((one) => one.trim()).filter(Boolean),
        measure: controlOf(line, "measure").value.trim(),
        marker,
        computed: !TYPED.includes(controlOf(line, "compute").value) || marker.includes("="),
      };
    })
    .filter((one) => one.label);
}

// The server reads the lines by the numbers in their names, from left to right.
function renumber(table) {
  linesOf(table).forEach((line, at) => {
    for (const control of line.querySelectorAll("input, select")) {
      control.name = control.name.replace(/-\d+-/, `-${at}-`);
      control.id = control.id.replace(/-\d+-/, `-${at}-`);
    }
  });
}

function newLine(table) {
  const copy = linesOf(table).at(-1).cloneNode(true);
  delete copy.dataset.line;
  copy.classList.remove("current");
  for (const control of copy.querySelectorAll("input, select")) {
    if (control.tagName === "INPUT") control.value = "";
    else for (const option of control.options) option.selected = option.defaultSelected;
  }
  return copy;
}

function addLine(table) {
  const line = newLine(table);
  table.tBodies[0].append(line);
  renumber(table);
  return line;
}

// Cells that were merged come as blanks after the first, above headings that they still cover.
function pathsOf(levels) {
  const width = Math.max(...levels.map((level) => level.length));
  let before = [];
  return Array.from({ length: width }, (_none, place) => {
    const given = levels.map((level) => (level[place] || "").trim());
    let begun = false;
    before = given.map((text, level) => {
      if (text) begun = true;
      return text || (!begun && given.slice(level).some(Boolean) ? before[level] || "" : "");
    });
    return before.filter(Boolean);
  });
}

function paste(event) {
  if (!/-(group|label)$/.test(event.target.name || "")) return;
  const levels = blockOf(event);
  if (levels.every((level) => level.length < 2)) return;
  event.preventDefault();
  const table = event.currentTarget;
  const last = levels.at(-1).map((cell) => cell.trim());
  const marks = levels.length > 1 && last.some(Boolean) && last.every((cell) => !cell || MARK.test(cell)) ? last : [];
  if (marks.length) levels.pop();
  let place = linesOf(table).indexOf(event.target.closest("tr"));
  pathsOf(levels).forEach((path, column) => {
    if (!path.length) return;
    const line = linesOf(table)[place] || addLine(table);
    place += 1;
    controlOf(line, "label").value = path.at(-1);
    controlOf(line, "group").value = path.slice(0, -1).join(" > ");
    controlOf(line, "marker").value = marks[column] || controlOf(line, "marker").value;
  });
  changed(table);
}

function act(table, name) {
  const line = table.querySelector("tr.current") ?? linesOf(table)[0];
  let next = line;
  if (name === "up") line.previousElementSibling?.before(line);
  else if (name === "down") line.nextElementSibling?.after(line);
  else if (name === "above" || name === "below") {
    next = newLine(table);
    controlOf(next, "group").value = controlOf(line, "group").value;
    line[name === "above" ? "before" : "after"](next);
  } else if (name === "remove") {
    next = line.nextElementSibling ?? line.previousElementSibling ?? addLine(table);
    line.remove();
  }
  renumber(table);
  changed(table);
  controlOf(next, "label").focus();
}

function key(event) {
  const line = event.target.closest("tbody tr");
  const acts = { ArrowUp: "up", ArrowDown: "down" };
  if (!line || event.isComposing || event.target.tagName === "SELECT") return;
  const moves = { ArrowUp: line.previousElementSibling, ArrowDown: line.nextElementSibling, Enter: line.nextElementSibling };
  if (event.altKey && acts[event.key]) act(event.currentTarget, acts[event.key]);
  else if (event.altKey || event.ctrlKey || event.metaKey || !(event.key in moves)) return;
  else moves[event.key]?.cells[event.target.closest("td").cellIndex].querySelector("input:not([type=hidden]), select").focus();
  event.preventDefault();
}

export function designColumns(table) {
  const bar = table.closest("fieldset").querySelector("[data-column-acts]");
  bar.hidden = false;
  table.closest("fieldset").querySelector('[value="columns"]').hidden = true;
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.columnAct;
    if (name) act(table, name);
  });
  table.addEventListener("paste", paste);
  table.addEventListener("keydown", key);
  table.addEventListener("focusin", (event) => {
    for (const line of linesOf(table)) line.classList.toggle("current", line.contains(event.target));
  });
}
