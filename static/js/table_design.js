// The designer of tables: columns a line each, rows in a grid that looks like the table.

import { designColumns } from "./table_columns.js";
import { RowsGrid } from "./table_rows.js";

const page = document.getElementById("main");

function begin() {
  for (const table of page.querySelectorAll("[data-columns-designer]:not([data-ready])")) {
    table.dataset.ready = "";
    designColumns(table);
  }
  for (const place of page.querySelectorAll("[data-rows-designer]:not([data-ready])")) {
    place.dataset.ready = "";
    new RowsGrid(place);
  }
}

begin();
document.addEventListener("htmx:afterSettle", begin);
