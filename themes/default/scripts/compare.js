// The comparison of options: which of them stand side by side, whether rows that say the same are left out, and both in
// the address (?a=jaeger&b=tempo&differences=only). The table is complete without this script.
(() => {
  "use strict";

  const section = document.querySelector("[data-compare]");
  const controls = section?.querySelector(".filters");
  if (!controls) return;

  const words = section.dataset;
  const [head] = section.querySelector("thead").rows;
  const body = section.querySelector("tbody");
  const status = section.querySelector("[data-status]");
  const notice = section.querySelector(".matrix-notice");
  const none = section.querySelector("[data-none]");
  const pills = [...controls.querySelectorAll("[value]")];
  const differences = controls.querySelector("[data-differences]");
  const showAll = controls.querySelector(".show-all");
  // "Keep what you have" is no option: it always shows, and no difference is measured against it.
  const options = [...head.cells].filter((cell) => cell.dataset.column && !cell.classList.contains("keep"));

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const said = (cell) => cell.textContent.replace(/\s+/g, " ").trim();
  const picked = () => pills.filter((pill) => pill.checked).map((pill) => pill.value);

  const show = () => {
    const only = picked();
    const shown = options.filter((cell) => !only.length || only.includes(cell.dataset.column));
    for (const cell of options) {
      for (const row of [head, ...body.rows]) row.cells[cell.cellIndex].hidden = !shown.includes(cell);
    }
    let rows = 0;
    for (const row of body.rows) {
      const same = shown.length > 1 && new Set(shown.map((cell) => said(row.cells[cell.cellIndex]))).size < 2;
      row.hidden = differences.checked && same;
      rows += !row.hidden;
    }
    none.textContent = rows === 0 ? words.allSame : "";
    none.hidden = !none.textContent;
    showAll.hidden = !only.length && !differences.checked;
    return fill(words.said, { options: shown.length, all: options.length, rows, criteria: body.rows.length });
  };

  // Letters in the order of the page, 10 after z, then the switch; what is as without the script is left out.
  const write = () => {
    const query = new URLSearchParams(picked().map((id, place) => [(place + 10).toString(36), id]));
    if (differences.checked) query.set("differences", "only");
    const text = query.toString();
    history.replaceState(null, "", `${location.pathname}${text && `?${text}`}${location.hash}`);
  };

  const read = () => {
    const unknown = [];
    // What a browser restores of the controls is older than the address.
    for (const box of [...pills, differences]) box.checked = false;
    for (const [key, value] of new URLSearchParams(location.search)) {
      const pill = /^\w\w?$/.test(key) && pills.find((one) => one.value === value);
      if (pill) pill.checked = true;
      else if (key === "differences" && value === "only") differences.checked = true;
      else unknown.push(`${key}=${value}`);
    }
    return unknown;
  };

  const changed = () => {
    status.textContent = show();
    write();
  };

  controls.addEventListener("change", changed);
  showAll.addEventListener("click", () => {
    for (const box of [...pills, differences]) box.checked = false;
    // The button goes away; the focus stays among the controls.
    differences.focus();
    changed();
  });

  const unknown = read();
  if (unknown.length) {
    // Not all of it where it is long.
    notice.textContent = fill(words.unknown, { keys: unknown.join(", ").slice(0, 300) });
    notice.hidden = false;
  }
  show();
  controls.hidden = false;
  // What a situation adds is a row too.
  worthwhile.compare = show;
})();
