// On every page: the theme, links to headings, copying code, and where the reader is in the contents.
// The words come from the data attributes of the script element, in the language of the page.
(() => {
  "use strict";

  const root = document.documentElement;
  const words = document.currentScript.dataset;

  // Storage is blocked in some browsers and on some file:// pages; the switch then lasts for the page.
  const stored = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null;
    }
  };

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

  const copy = (text) => navigator.clipboard.writeText(text);
  const canCopy = Boolean(navigator.clipboard);

  for (const figure of canCopy ? document.querySelectorAll(".code") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small copy";
    button.textContent = words.copy;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await copy(figure.querySelector("code").textContent);
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    });
    figure.append(button);
  }

  // A convenience for the mouse: the contents hold the same links for everybody else.
  for (const heading of document.querySelectorAll("main :is(h2, h3, h4)[id]:not(#contents)")) {
    const link = document.createElement("a");
    link.className = "permalink";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.title = words.permalink;
    link.tabIndex = -1;
    link.ariaHidden = "true";
    link.addEventListener("click", () => canCopy && copy(link.href).catch(() => {}));
    heading.append(link);
  }

  // The section that the reader is in is the last one whose heading has passed the upper third of the window.
  const entries = [...document.querySelectorAll(".contents a")]
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((entry) => entry.heading);
  if (entries.length && "IntersectionObserver" in window) {
    const mark = () => {
      const passed = entries.filter((entry) => entry.heading.getBoundingClientRect().top < innerHeight / 3);
      for (const entry of entries) {
        if (entry === passed.at(-1)) entry.link.setAttribute("aria-current", "true");
        else entry.link.removeAttribute("aria-current");
      }
    };
    // It hears when a section reaches or leaves that line.
    const observer = new IntersectionObserver(mark, { rootMargin: "-33% 0px -66% 0px" });
    for (const entry of entries) observer.observe(entry.heading.closest("section") || entry.heading);
  }
})();
