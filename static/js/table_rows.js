// The rows of a table that is designed: a grid that looks like the table, over the text that is sent.

import { blockOf, leavesOf, make, plain } from "./table_columns.js";

const PARTS = ["number", "label", "measure", "code"];
const INDENT = "  ";
const DEEPEST = 8;
const BREAKDOWNS = { "chia ra": /^(chia ra|chia theo|phan ra|phan theo)/, "trong đó": /^trong do/ };

// What a row is for by its words, as questionnaire/types/table_row_lines.py has it.
function meantBy({ label, measure, code }, coded) {
  if (measure || code) return "nhập";
  for (const [word, begins] of Object.entries(BREAKDOWNS)) if (begins.test(plain(label))) return word;
  return coded || label.endsWith(":") ? "chữ" : "nhập";
}

export class RowsGrid {
  constructor(place) {
    this.place = place;
    this.box = place.querySelector("textarea");
    this.ids = place.querySelector("[name=row_ids]");
    this.columns = place.closest("form").querySelector("[data-columns-designer]");
    this.words = place.dataset;
    this.leads = new Set(this.words.leads.split("|"));
    this.past = [];
    this.table = make("table", { class: "sheet designer row-lines" });
    this.bar = place.querySelector("[data-row-acts]");
    const wrap = make("div", { class: "table-wrap tall" }, this.table);
    const text = make("details", { class: "field wide" }, make("summary", {}, this.words.asText));
    const field = this.box.closest(".field");
    text.open = Boolean(field.querySelector(".error"));
    field.before(text);
    text.append(field, place.querySelector("[data-read-text]"));
    this.bar.hidden = false;
    text.before(this.bar, wrap);
    this.bar.addEventListener("click", (event) => this.act(event.target.closest("button")?.dataset.rowAct));
    this.box.addEventListener("input", () => {
      this.ids.value = "?";
      this.draw();
    });
    this.box.addEventListener("paste", (event) => this.pasteWhole(event));
    this.table.addEventListener("input", (event) => this.typed(event.target));
    this.table.addEventListener("paste", (event) => this.pasteWhole(event) || this.paste(event));
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("focusin", (event) => this.choose(event.target.closest("tbody tr")));
    // While a name is typed, and not as it is left: a button that moves away loses its click.
    for (const name of ["input", "change"]) this.columns.addEventListener(name, () => this.redraw());
    this.draw();
    if ("pasted" in this.words) this.focus(this.rows[0]);
  }

  get rows() {
    return [...this.table.tBodies[0].rows];
  }

  // Draw anew after columns have changed: each cross stays with its column.
  redraw() {
    const crossed = this.rows.map((row) => new Set([...row.querySelectorAll("[type=checkbox]:checked")].map((one) => one.dataset.line)));
    this.draw(crossed);
    this.store();
  }

  draw(crossed = null) {
    const leaves = leavesOf(this.columns);
    this.table.replaceChildren(this.head(leaves), make("tbody"));
    const lines = this.box.value.split("\n").filter((line) => line.trim());
    const ids = this.ids.value.split(" ").filter((one) => one && one !== "=");
    (lines.length ? lines : [""]).forEach((line, at) => {
      const row = this.row(line.split("\t"), leaves, crossed?.[at]);
      if (ids.length === lines.length) row.dataset.id = ids[at];
      this.table.tBodies[0].append(row);
    });
    this.follows = ids.length === lines.length;
    this.mark();
  }

  head(leaves) {
    const depth = 1 + Math.max(0, ...leaves.map((one) => one.groups.length));
    const head = Array.from({ length: depth }, () => make("tr"));
    for (const part of [...PARTS, "kind"]) head[0].append(make("th", { scope: "col", rowspan: depth, class: `lead-${part}` }, this.words[part]));
    for (let level = 0; level < depth; level += 1) {
      let open = null;
      leaves.forEach((one) => {
        if (one.groups.length < level) {
          open = null;
        } else if (one.groups.length === level) {
          open = null;
          head[level].append(make("th", { scope: "col", rowspan: depth - level }, one.measure ? `${one.label} (${one.measure})` : one.label));
        } else {
          const path = one.groups.slice(0, level + 1).join(" > ");
          if (open?.path === path) open.cell.colSpan += 1;
          else head[level].append((open = { path, cell: make("th", { scope: "colgroup" }, one.groups[level]) }).cell);
        }
      });
    }
    if (leaves.some((one) => one.marker)) {
      const marks = make("tr", { class: "markers" }, ...[...PARTS, "kind"].map(() => make("td")), ...leaves.map((one) => make("td", {}, one.marker)));
      head.push(marks);
    }
    return make("thead", {}, ...head);
  }

  row(cells = [""], leaves = leavesOf(this.columns), crossed = null) {
    if (cells.length === 1) cells = ["", ...cells];
    const row = make("tr");
    PARTS.forEach((part, at) => {
      const isLabel = part === "label";
      const control = make(isLabel ? "textarea" : "input", { "data-part": part, autocomplete: "off", ...(isLabel ? { rows: 1 } : { type: "text" }) });
      control.defaultValue = isLabel ? (cells[at] || "").trim() : cells[at] || "";
      row.append(make(isLabel ? "th" : "td", isLabel ? { scope: "row" } : { class: `lead-${part}` }, control));
    });
    this.indent(row, Math.floor(((cells[1] || "").match(/^[ \u00a0]*/)[0].length) / INDENT.length));
    const kind = this.place.querySelector("template").content.querySelector("select").cloneNode(true);
    const word = (cells[4] || "").trim().toLowerCase();
    const known = Boolean(word) && [...kind.options].some((option) => option.value === word);
    for (const option of kind.options) option.defaultSelected = known ? option.value === word : !option.value;
    row.append(make("td", { class: "lead-kind" }, kind));
    const marks = cells.slice(known ? 5 : 4);
    leaves.forEach((leaf, at) => {
      const box = make("input", { type: "checkbox", "data-line": leaf.line, title: this.words.closed });
      box.defaultChecked = crossed ? crossed.has(leaf.line) : /^[x×]$/i.test((marks[at] || "").trim());
      row.append(make("td", { class: leaf.computed ? "cross computed" : "cross" }, box));
    });
    return row;
  }

  // Numbers, names and looks that follow from what stands in the rows.
  mark() {
    const leaves = leavesOf(this.columns);
    const read = this.rows.map((row) => this.read(row));
    const coded = read.filter((one) => one.code).length * 2 >= read.length;
    this.rows.forEach((row, at) => {
      const named = (text) => `${this.words.row} ${at + 1} – ${text}`;
      for (const control of row.querySelectorAll("[data-part]")) control.setAttribute("aria-label", named(this.words[control.dataset.part]));
      const kind = row.querySelector("select");
      kind.setAttribute("aria-label", named(this.words.kind));
      const meant = meantBy(read[at], coded);
      kind.options[0].text = this.words.meant.replace("{kind}", [...kind.options].find((one) => one.value === meant).text);
      row.classList.toggle("words", !["nhập", "cộng"].includes(read[at].kind || meant));
      row.classList.toggle("total", (read[at].kind || meant) === "cộng");
      const label = row.querySelector("textarea");
      label.rows = Math.max(1, Math.ceil(label.value.length / 36));
      [...row.querySelectorAll("[type=checkbox]")].forEach((box, column) => box.setAttribute("aria-label", named(`${leaves[column].label}: ${this.words.closed}`)));
    });
  }

  read(row) {
    const found = {};
    for (const control of row.querySelectorAll("[data-part]")) found[control.dataset.part] = control.value.replace(/\s+/g, " ").trim();
    return { ...found, kind: row.querySelector("select").value, level: Number(row.dataset.level) };
  }

  indent(row, level) {
    row.dataset.level = Math.max(0, Math.min(level, DEEPEST));
    row.querySelector("textarea").className = `level-${Math.min(row.dataset.level, 5)}`;
  }

  typed(control) {
    // Two spaces before a name set the row one level in.
    if (control.dataset.part === "label" && /^ {2}/.test(control.value)) {
      const row = control.closest("tr");
      this.indent(row, Number(row.dataset.level) + 1);
      control.value = control.value.slice(INDENT.length);
    }
    this.store();
    this.mark();
  }

  store() {
    const told = this.rows.map((row) => [this.textOf(row), row.dataset.id ?? "-"]).filter(([text]) => text);
    this.box.value = told.map(([text]) => text).join("\n");
    this.ids.value = this.follows ? ["=", ...told.map(([, id]) => id)].join(" ") : "?";
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  textOf(row) {
    const { number, label, measure, code, kind, level } = this.read(row);
    if (!label) return "";
    const marks = [...row.querySelectorAll("[type=checkbox]")].map((one) => (one.checked ? "x" : ""));
    const closes = marks.some(Boolean);
    const cells = [number, INDENT.repeat(level) + label, measure, code, kind || (closes ? "nhập" : ""), ...(closes ? marks : [])];
    while (!cells.at(-1)) cells.pop();
    return cells.length === 2 && !cells[0] && !label.includes(" | ") ? cells[1] : cells.join("\t");
  }

  choose(row) {
    if (!row) return;
    for (const one of this.table.querySelectorAll("tr.current")) one.classList.remove("current");
    row.classList.add("current");
  }

  get chosen() {
    return this.table.querySelector("tr.current") ?? this.rows.at(-1);
  }

  keep() {
    this.past.push([this.box.value, this.ids.value]);
    this.bar.querySelector('[data-row-act="undo"]').disabled = false;
  }

  act(name) {
    const row = this.chosen;
    if (!name || !row) return;
    if (name === "undo") {
      if (this.past.length) [this.box.value, this.ids.value] = this.past.pop();
      this.bar.querySelector('[data-row-act="undo"]').disabled = !this.past.length;
      const at = this.rows.indexOf(row);
      this.draw();
      this.store();
      this.focus(this.rows[Math.min(at, this.rows.length - 1)]);
      return;
    }
    this.keep();
    const level = Number(row.dataset.level);
    let next = row;
    if (name === "in") this.indent(row, level + 1);
    else if (name === "out") this.indent(row, level - 1);
    else if (name === "up") row.previousElementSibling?.before(row);
    else if (name === "down") row.nextElementSibling?.after(row);
    else if (name === "above" || name === "below") {
      next = this.row();
      this.indent(next, level);
      row[name === "above" ? "before" : "after"](next);
    } else if (name === "remove") {
      next = row.nextElementSibling ?? row.previousElementSibling ?? this.row();
      if (!next.isConnected) row.after(next);
      row.remove();
    }
    this.store();
    this.mark();
    this.focus(next);
  }

  focus(row, at = 1) {
    const control = row?.cells[at]?.querySelector("input, select, textarea");
    control?.focus();
    control?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  key(event) {
    const row = event.target.closest("tbody tr");
    if (!row || event.isComposing) return;
    const acts = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
    const at = event.target.closest("td, th").cellIndex;
    if (event.altKey && acts[event.key]) {
      event.preventDefault();
      this.act(acts[event.key]);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      this.act(event.shiftKey ? "above" : "below");
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Delete") {
      event.preventDefault();
      this.act("remove");
    } else if (event.altKey || event.ctrlKey || event.metaKey || event.target.tagName === "SELECT") {
      return;
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) this.focus(row.previousElementSibling, at);
      else if (row.nextElementSibling) this.focus(row.nextElementSibling, at);
      else this.act("below");
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (next) event.preventDefault();
      this.focus(next, at);
    }
  }

  // A table copied with its head: the server reads its columns and rows.
  pasteWhole(event) {
    const block = blockOf(event);
    const firsts = block[0].slice(0, 5).map((cell) => plain(cell).replace(/[.:\s]+$/, "").trim());
    if (block.length < 2 || block[0].length < 3 || !firsts.some((one) => this.leads.has(one))) return false;
    event.preventDefault();
    this.box.value = event.clipboardData.getData("text/plain");
    this.ids.value = "?";
    this.place.querySelector("[data-read-text] button").click();
    return true;
  }

  paste(event) {
    const block = blockOf(event);
    if (block.length < 2 && block[0].length < 2) return;
    event.preventDefault();
    this.keep();
    const top = this.rows.indexOf(event.target.closest("tr"));
    const left = event.target.closest("td, th").cellIndex;
    block.forEach((line, down) => {
      if (!this.rows[top + down]) this.table.tBodies[0].append(this.row());
      const row = this.rows[top + down];
      line.forEach((text, right) => {
        const control = row.cells[left + right]?.querySelector("input, select, textarea");
        if (control?.type === "checkbox") control.checked = /^[x×]$/i.test(text.trim());
        else if (control) control.value = text.trim();
        if (control?.dataset.part === "label") this.indent(row, Math.floor(text.match(/^[ \u00a0]*/)[0].length / INDENT.length));
      });
    });
    this.store();
    this.mark();
  }
}
