// Whole numbers are grouped as they are left, as the page shows them when it is opened again.

const UNGROUPED = /^-?[1-9]\d{3,}$/;

// Before anything else looks at the value: what is saved and what is taken back are the same text.
document.addEventListener(
  "change",
  ({ target }) => {
    if (!target.matches("input.num[inputmode=numeric]")) return;
    const text = target.value.trim();
    if (UNGROUPED.test(text)) target.value = text.replace(/\B(?=(\d{3})+$)/g, ".");
  },
  true,
);
