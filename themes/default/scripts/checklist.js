// The checklist: counts what is ticked, keeps it only where the reader says so, and leaves out what is not worth it in
// the reader's situation. Without it the boxes can be ticked all the same.
(() => {
  "use strict";

  const worthwhile = (globalThis.worthwhile ??= {});
  const list = document.querySelector("[data-checklist]");
  const tools = list.querySelector(".checklist-tools");
  const status = tools.querySelector("[role=status]");
  const remember = tools.querySelector("[data-remember]");
  const worth = tools.querySelector(".checklist-worth");
  const sections = [...list.querySelectorAll("[data-capability]")];
  const boxes = [...list.querySelectorAll("input[name]")];
  const KEY = `checklist ${location.pathname}`;

  // Storage is blocked in some browsers; then nothing is kept.
  const stored = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null;
    }
  };

  /** A section's line in the contents. */
  const entry = (section) => document.querySelector(`.contents a[href="#${section.dataset.capability}"]`)?.parentElement ?? {};

  const count = () => {
    const shown = boxes.filter((box) => !box.closest("[hidden]"));
    const done = shown.filter((box) => box.checked).length;
    status.textContent = list.dataset.done.replace("{done}", done).replace("{total}", shown.length);
  };

  const changed = () => {
    count();
    const ticked = boxes.filter((box) => box.checked).map((box) => box.name);
    stored((storage) => (remember.checked ? storage.setItem(KEY, JSON.stringify(ticked)) : storage.removeItem(KEY)));
  };

  const kept = stored((storage) => JSON.parse(storage.getItem(KEY)));
  if (Array.isArray(kept)) {
    remember.checked = true;
    for (const box of boxes) box.checked = kept.includes(box.name);
  }

  list.addEventListener("change", changed);
  tools.querySelector("[data-clear]").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    changed();
  });
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  tools.querySelector("[data-all]").addEventListener("click", () => {
    for (const section of sections) section.hidden = entry(section).hidden = false;
    worth.hidden = true;
    count();
    sections.find((section) => "left" in section.dataset)?.querySelector("a").focus();
  });

  /** Puts what is worth it first, in this order, and hides the rest. `badge` makes the badge of a capability, by id. */
  worthwhile.checklist = (order, badge) => {
    const wanted = order.map((id) => sections.find((section) => section.dataset.capability === id)).filter(Boolean);
    const rest = sections.filter((section) => !wanted.includes(section));
    for (const section of sections) section.querySelector(".section-note").prepend(badge(section.dataset.capability), " ");
    list.append(...wanted, ...rest);
    for (const section of rest) {
      section.hidden = true;
      entry(section).hidden = true;
      section.dataset.left = "";
    }
    const { worth: some, nothing } = list.dataset;
    worth.querySelector("span").textContent = wanted.length ? some.replace("{shown}", wanted.length).replace("{total}", sections.length) : nothing;
    worth.hidden = rest.length === 0;
    count();
  };

  count();
  tools.hidden = false;
})();
