// Long lists of boxes to tick: narrowed down by typing, with or without accents.

const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

for (const tools of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(tools.dataset.filter);
  const input = tools.querySelector("input");
  const count = tools.querySelector("output");
  const rows = [...list.querySelectorAll(".form-check")];
  const words = new Map(rows.map((row) => [row, ` ${plain(row.textContent).replace(/\s+/g, " ")}`]));
  const box = (row) => row.querySelector("input");

  const tally = () => {
    count.textContent = rows.filter((row) => box(row).checked).length;
  };
  const narrow = () => {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !wanted.every((word) => words.get(row).includes(` ${word}`));
    for (const group of list.querySelectorAll("fieldset")) {
      group.hidden = !group.querySelector(".form-check:not([hidden])");
    }
  };

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.addEventListener("change", tally);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-tick]");
    if (!button) return;
    for (const row of rows) if (!row.hidden) box(row).checked = button.dataset.tick === "all";
    tally();
  });
  tools.hidden = false;
  tally();
}
