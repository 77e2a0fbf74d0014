// Undo and redo in tables: Ctrl+Z takes back the last settled change, a pasted block or a row as one.

const MOST = 100;
const tables = document.querySelectorAll("#section-form table[data-table]");
const CONTROLS = "input, select, textarea";

function stateOf(table) {
  const rows = [...table.tBodies[0].rows];
  const controls = rows.flatMap((row) => [...row.querySelectorAll(CONTROLS)]);
  return { rows, values: new Map(controls.map((one) => [one, one.value])) };
}

function same(one, other) {
  const alike = one.rows.length === other.rows.length && one.rows.every((row, place) => row === other.rows[place]);
  return alike && [...one.values].every(([control, value]) => other.values.get(control) === value);
}

function show(table, state) {
  const body = table.tBodies[0];
  const changed = [...state.values].find(([control, value]) => control.value !== value);
  for (const row of [...body.rows]) if (!state.rows.includes(row)) row.remove();
  state.rows.forEach((row, place) => {
    if (body.rows[place] !== row) body.insertBefore(row, body.rows[place] ?? null);
  });
  for (const [control, value] of state.values) control.value = value;
  (changed?.[0] ?? body.querySelector(CONTROLS))?.focus();
}

for (const table of tables) {
  let past = [stateOf(table)];
  let future = [];
  let moving = false;
  const keep = () => {
    const now = stateOf(table);
    if (moving || same(now, past.at(-1))) return;
    past = [...past.slice(-MOST), now];
    future = [];
  };
  // What came from somebody else isn't for this person to take back.
  table.addEventListener("brought-in", () => {
    past = [stateOf(table)];
    future = [];
  });
  table.addEventListener("change", keep);
  table.addEventListener("row-added", keep);
  table.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const back = key === "z" && !event.shiftKey;
    if (!back && key !== "y" && !(key === "z" && event.shiftKey)) return;
    // What is being typed in one cell is for the browser to undo.
    if (!same(stateOf(table), past.at(-1))) return;
    event.preventDefault();
    if (back ? past.length < 2 : !future.length) return;
    if (back) future.push(past.pop());
    else past.push(future.pop());
    moving = true;
    show(table, past.at(-1));
    table.dispatchEvent(new Event("put-back"));
    table.dispatchEvent(new Event("change", { bubbles: true }));
    moving = false;
  });
}
