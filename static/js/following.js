// What follows from an answer: questions that come and go, and figures worked out anew.
document.addEventListener("followed", (event) => {
  const { hidden, computed } = event.detail;
  for (const part of document.querySelectorAll("[data-asked]")) {
    part.hidden = hidden.includes(part.dataset.asked);
  }
  for (const output of document.querySelectorAll("[data-computed]")) {
    output.textContent = computed[output.dataset.computed] ?? "–";
  }
});
