// The checklist: counts what is ticked, keeps it only where the reader says so, and leaves out what is not worth it in
// the reader's situation. Without it the boxes can be ticked all the same.
(() => {
  "use strict";

  const { stored } = worthwhile;
  const list = document.querySelector("[data-checklist]");
  const tools = list.querySelector(".checklist-tools");
  const status = tools.querySelector("[role=status]");
  const remember = tools.querySelector("[data-remember]");
  const worth = tools.querySelector(".checklist-worth");
  const cases = list.querySelector(".checklist-cases");
  const { points } = list.dataset;
  // What is not worth it.
  let rest = [];
  let sections = [...list.querySelectorAll("[data-capability]")];
  let boxes = [...list.querySelectorAll("input[name]")];
  const KEY = `checklist ${location.pathname}`;

  /** A section's line in the contents. */
  const entry = (section) => document.querySelector(`.contents a[href="#${section.dataset.capability}"]`)?.parentElement ?? {};

  const count = () => {
    const shown = boxes.filter((box) => !box.closest("[hidden]"));
    const done = shown.filter((box) => box.checked).length;
    status.textContent = shown.length ? list.dataset.done.replace("{done}", done).replace("{total}", shown.length) : "\u00a0";
  };

  let kept = stored((storage) => JSON.parse(storage.getItem(KEY)));
  remember.checked = Boolean(kept);
  kept = [].concat(kept ?? []);

  const tickKept = () => {
    for (const box of boxes) box.checked = kept.includes(box.name);
  };

  /** What is ticked here, and what was kept of capabilities that are not on the page now. */
  const changed = () => {
    count();
    for (const { name, checked } of boxes) {
      kept = kept.filter((one) => one !== name);
      if (checked) kept.push(name);
    }
    stored((storage) => (remember.checked ? storage.setItem(KEY, JSON.stringify(kept)) : storage.removeItem(KEY)));
  };

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
    rest[0]?.querySelector("a").focus();
  });

  /** Puts what is worth it first, in this order, and hides the rest. `badge` makes the badge of a capability, by id. */
  const settle = (order, badge, total) => {
    const wanted = order.map((id) => sections.find((section) => section.dataset.capability === id)).filter(Boolean);
    rest = sections.filter((section) => !wanted.includes(section));
    for (const section of sections) section.querySelector(".section-note").prepend(badge(section.dataset.capability), " ");
    for (const section of [...wanted, ...rest]) {
      list.append(section);
      entry(section).parentElement?.append(entry(section));
    }
    for (const section of rest) section.hidden = entry(section).hidden = true;
    const { worth: some, nothing } = list.dataset;
    worth.querySelector("span").textContent = wanted.length ? some.replace("{shown}", wanted.length).replace("{total}", total) : nothing;
    worth.hidden = wanted.length === total;
    count();
  };

  worthwhile.checklist = (order, badge) => {
    if (!points) return settle(order, badge, sections.length);
    // The page names capabilities; those that are worth it are drawn once their decision points are there.
    worthwhile.drawn = (made, total) => {
      sections = made;
      boxes = made.flatMap((section) => [...section.querySelectorAll("input[name]")]);
      tickKept();
      settle(order, badge, total);
    };
    worthwhile.order = order;
    for (const src of points.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  };

  tickKept();
  count();
  if (cases) cases.hidden = Boolean(worthwhile.strip);
  tools.hidden = false;
})();
