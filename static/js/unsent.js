// Says where this browser still holds something typed that the server doesn't have.

// What a form has posted is on the server once the next page of the report is here.
for (const key of JSON.parse(sessionStorage.getItem("posted") || "[]")) localStorage.removeItem(key);
sessionStorage.removeItem("posted");

const place = document.getElementById("unsent");
if (place) list(place);

function list(place) {
  const start = `unsent ${document.body.dataset.username} ${place.dataset.report}/`;
  const pages = new Map();
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(start))) {
    const { page, title } = JSON.parse(localStorage.getItem(key));
    pages.set(page, title);
  }
  for (const [page, title] of pages) {
    const link = document.createElement("a");
    link.href = page;
    link.textContent = title;
    const line = document.createElement("li");
    line.append(link);
    place.querySelector("ul").append(line);
  }
  place.hidden = !pages.size;
}
