// Sends what this browser still holds of a report, and says where something could not be sent.

const LATER = 1_000_000;

// What a form has posted is on the server once the next page of the report is here.
for (const key of JSON.parse(sessionStorage.getItem("posted") || "[]")) localStorage.removeItem(key);
sessionStorage.removeItem("posted");

// A draft's key ends in the address that its answer is saved at.
function send(key, draft) {
  const url = key.slice(key.lastIndexOf(" ") + 1);
  const body = new FormData();
  for (const [name, value, on] of draft.fields) if (on) body.append(name, value);
  body.append("csrf_token", document.querySelector("input[name=csrf_token]").value);
  body.append("writer", draft.writer);
  body.append("seq", LATER);
  body.append(`seen-${url.slice(url.lastIndexOf("/") + 1)}`, draft.seen);
  return fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } }).then(
    (answer) => answer.ok && !answer.redirected,
    () => false,
  );
}

document.addEventListener("draft", ({ detail }) => {
  detail.arrived = send(detail.key, detail.draft);
});

const place = document.getElementById("unsent");
if (place) clear(place);

async function clear(place) {
  const start = `unsent ${document.body.dataset.username} ${place.dataset.report}/`;
  const keys = Object.keys(localStorage).filter((one) => one.startsWith(start));
  const drafts = keys.map((key) => JSON.parse(localStorage.getItem(key)));
  const arrived = await Promise.all(keys.map((key, one) => send(key, drafts[one])));
  keys.forEach((key, one) => {
    if (arrived[one] && localStorage.getItem(key) === JSON.stringify(drafts[one])) localStorage.removeItem(key);
  });
  if (keys.length && arrived.every(Boolean)) location.reload();
  else list(place, drafts.filter((_draft, one) => !arrived[one]));
}

function list(place, drafts) {
  const pages = new Map(drafts.map(({ page, title }) => [page, title]));
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
