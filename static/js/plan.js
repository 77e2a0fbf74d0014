// The checking page of a plan: whatever is worked on, its source in the document is shown beside it.

const text = document.querySelector(".plan-text");
const form = document.querySelector(".plan-form");

const sourceOf = (element) => {
  const place = element.closest(".plan-question, .plan-due, .plan-group-head, .field, .plan-from");
  const link = place?.matches(".plan-from")
    ? place
    : place?.querySelector(".plan-from") ?? place?.parentElement?.querySelector(":scope > .plan-from");
  return link && document.getElementById(link.hash.slice(1));
};

const show = (paragraph) => {
  for (const one of text.querySelectorAll(".is-shown")) one.classList.remove("is-shown");
  paragraph.classList.add("is-shown");
  const middle = paragraph.offsetTop - text.offsetTop - (text.clientHeight - paragraph.offsetHeight) / 2;
  text.scrollTo({ top: Math.max(0, middle), behavior: "smooth" });
};

if (text && form) {
  form.addEventListener("focusin", (event) => {
    const paragraph = sourceOf(event.target);
    if (paragraph) show(paragraph);
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest(".plan-from");
    if (!link) return;
    event.preventDefault();
    show(document.getElementById(link.hash.slice(1)));
  });
}
