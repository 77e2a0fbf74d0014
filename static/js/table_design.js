// The designer of tables: rows in a grid that looks like the table, and blocks pasted from Excel.

const page = document.getElementById("main");
const make = (name, attributes = {}, ...inner) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
};
const blockOf = (event) =>
  event.clipboardData
    .getData("text/plain")
    .replace(/\r\n?/g, "\n")
    .replace(/(^|\t)"((?:[^"\t]|"")*\n(?:[^"\t]|"")*)"(?=\t|\n|$)/gm, (_all, start, inner) => start + inner.replaceAll("\n", " "))
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t"));

// Columns: one line each, from left to right.

const linesOf = (table) => [...table.tBodies[0].rows];
const controlOf = (line, name) => line.querySelector(`[name$="-${name}"]`);

function addLine(table) {
  const lines = linesOf(table);
  const copy = lines.at(-1).cloneNode(true);
  for (const control of copy.querySelectorAll("input, select")) {
    control.name = control.name.replace(/-\d+-/, `-${lines.length}-`);
    control.id = control.id.replace(/-\d+-/, `-${lines.length}-`);
    if (control.tagName === "INPUT") control.value = "";
  }
  table.tBodies[0].append(copy);
  return copy;
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

const MARK = /^\(?([A-ZĐ]|\d{1,3}(\.\d{1,2})*[a-z]?)\)?(\s*\(?=.+)?$/;

function pasteColumns(event) {
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
  table.dispatchEvent(new Event("change", { bubbles: true }));
}

// Rows: the text of the box as a grid below it, with a cross for each cell that doesn't apply.

const PARTS = ["number", "label", "measure", "code"];

class RowsGrid {
  constructor(place) {
    this.place = place;
    this.box = place.querySelector("textarea");
    this.columns = place.closest("form").querySelector("[data-columns-designer]");
    this.table = make("table", { class: "sheet designer" });
    this.wrap = make("div", { class: "table-wrap tall" }, this.table);
    this.add = make("button", { type: "button", class: "btn btn-secondary btn-small" }, place.dataset.add);
    this.add.addEventListener("click", () => this.append());
    this.box.closest(".field").after(this.wrap, make("p", { class: "form-actions" }, this.add));
    this.box.addEventListener("input", () => this.draw());
    this.table.addEventListener("input", () => this.store());
    this.table.addEventListener("paste", (event) => this.paste(event));
    // While a name is typed, and not as it is left: a button that moves away loses its click.
    for (const name of ["input", "change"]) this.columns.addEventListener(name, () => this.draw());
    this.draw();
  }

  get leaves() {
    return linesOf(this.columns)
      .map((line) => ({ label: controlOf(line, "label").value.trim(), groups: controlOf(line, "group").value.split(">").map((one) => one.trim()).filter(Boolean) }))
      .filter((one) => one.label);
  }

  draw() {
    const { leaves, place } = this;
    const depth = 1 + Math.max(0, ...leaves.map((one) => one.groups.length));
    const head = Array.from({ length: depth }, () => make("tr"));
    for (const part of [...PARTS, "kind"]) head[0].append(make("th", { scope: "col", rowspan: depth }, place.dataset[part]));
    for (let level = 0; level < depth; level += 1) {
      let open = null;
      leaves.forEach((one) => {
        if (one.groups.length < level) return;
        if (one.groups.length === level) {
          open = null;
          head[level].append(make("th", { scope: "col", rowspan: depth - level }, one.label));
          return;
        }
        const path = one.groups.slice(0, level + 1).join(" > ");
        if (open?.path === path) open.cell.colSpan += 1;
        else head[level].append((open = { path, cell: make("th", { scope: "colgroup" }, one.groups[level]) }).cell);
      });
    }
    const lines = this.box.value.split("\n").filter((line) => line.trim());
    this.table.replaceChildren(make("thead", {}, ...head), make("tbody"));
    for (const line of lines.length ? lines : [""]) this.append(line.split("\t"), leaves);
  }

  append(cells = [""], leaves = this.leaves) {
    if (cells.length === 1) cells.unshift("");
    const number = this.table.tBodies[0].rows.length + 1;
    const named = (text) => `${this.place.dataset.row} ${number} – ${text}`;
    const row = make("tr");
    PARTS.forEach((part, at) => {
      const input = make("input", { type: "text", autocomplete: "off", "aria-label": named(this.place.dataset[part]) });
      input.defaultValue = cells[at] || "";
      row.append(make("td", {}, input));
    });
    const kind = this.place.querySelector("template").content.querySelector("select").cloneNode(true);
    kind.setAttribute("aria-label", named(this.place.dataset.kind));
    const word = (cells[4] || "").trim().toLowerCase();
    const known = [...kind.options].some((option) => option.value === word);
    for (const option of kind.options) option.defaultSelected = known && option.value === word;
    row.append(make("td", {}, kind));
    const marks = cells.slice(known ? 5 : 4);
    leaves.forEach((leaf, at) => {
      const box = make("input", { type: "checkbox", class: "form-check-input", "aria-label": named(`${leaf.label}: ${this.place.dataset.closed}`), title: this.place.dataset.closed });
      box.defaultChecked = /^[x×]$/i.test((marks[at] || "").trim());
      row.append(make("td", { class: "lead" }, box));
    });
    this.table.tBodies[0].append(row);
  }

  store() {
    this.box.value = [...this.table.tBodies[0].rows].map((row) => this.textOf(row)).filter(Boolean).join("\n");
  }

  textOf(row) {
    const [number, label, measure, code] = [...row.querySelectorAll("input[type=text]")].map((one) => one.value.trimEnd());
    if (!label.trim()) return "";
    const marks = [...row.querySelectorAll("input[type=checkbox]")].map((one) => (one.checked ? "x" : ""));
    const closes = marks.some(Boolean);
    const kind = row.querySelector("select").value || (closes ? "nhập" : "");
    const cells = [number, label, measure, code, kind, ...(closes ? marks : [])];
    while (!cells.at(-1)) cells.pop();
    return cells.length === 2 && !cells[0] ? label : cells.join("\t");
  }

  paste(event) {
    const block = blockOf(event);
    if (block.length < 2 && block[0].length < 2) return;
    event.preventDefault();
    const rows = this.table.tBodies[0].rows;
    const top = [...rows].indexOf(event.target.closest("tr"));
    const left = event.target.closest("td").cellIndex;
    block.forEach((line, down) => {
      if (!rows[top + down]) this.append();
      line.forEach((text, right) => {
        const control = rows[top + down].cells[left + right]?.querySelector("input, select");
        if (control?.type === "checkbox") control.checked = /^[x×]$/i.test(text.trim());
        else if (control) control.value = text.replace(/\s+$/, "");
      });
    });
    this.store();
  }
}

function begin() {
  for (const table of page.querySelectorAll("[data-columns-designer]:not([data-ready])")) {
    table.dataset.ready = "";
    table.addEventListener("paste", pasteColumns);
  }
  for (const place of page.querySelectorAll("[data-rows-designer]:not([data-ready])")) {
    place.dataset.ready = "";
    new RowsGrid(place);
  }
}

begin();
document.addEventListener("htmx:afterSettle", begin);
