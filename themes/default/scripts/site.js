// On every page: the theme and the search box.
(() => {
  "use strict";

  const root = document.documentElement;

  // Storage is blocked in some browsers and on some file:// pages; the switch then lasts for the page.
  const stored = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null;
    }
  };

  (globalThis.worthwhile ??= {}).stored = stored;

  const choose = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  const chosen = stored((storage) => storage.getItem("theme"));
  choose(chosen);

  const themeSwitch = document.querySelector(".theme-switch");
  if (themeSwitch) {
    const select = themeSwitch.querySelector("select");
    select.value = root.dataset.theme || "system";
    select.addEventListener("change", () => {
      choose(select.value);
      stored((storage) =>
        select.value === "system" ? storage.removeItem("theme") : storage.setItem("theme", select.value),
      );
    });
    themeSwitch.hidden = false;
  }

  // The search box loads what it needs once a reader turns to it; on its own page at once.
  const box = document.querySelector("[data-search]");
  if (box) {
    const load = () => document.head.append(Object.assign(document.createElement("script"), { src: box.dataset.search }));
    if (box.matches(".search-page")) load();
    else box.addEventListener("focusin", load, { once: true });
    box.hidden = false;
  }
})();
