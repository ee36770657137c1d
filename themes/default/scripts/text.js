// On pages of text: copying code and the page, links to headings, and where the reader is in the contents. The words
// come from the data attributes of the script element, in the language of the page.
(() => {
  "use strict";

  const words = document.currentScript.dataset;
  const copy = (text) => navigator.clipboard.writeText(text);
  const canCopy = Boolean(navigator.clipboard);

  /** A button that copies what `text` promises, and says so. */
  const copier = (label, text) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: label, ariaLive: "polite" });
    button.addEventListener("click", async () => {
      await copy(await text());
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = label), 2000);
    });
    return button;
  };

  for (const figure of canCopy ? document.querySelectorAll(".code") : []) {
    const button = copier(words.copy, () => figure.querySelector("code").textContent);
    button.classList.add("copy");
    figure.append(button);
  }

  // The page as Markdown: a script may read its file over http alone.
  const twin = document.querySelector(".page-tools [type='text/markdown']");
  if (twin && canCopy && location.protocol !== "file:") {
    twin.after(copier(words.markdown, async () => (await fetch(twin.href)).text()));
  }

  // A convenience for the mouse: the contents hold the same links for everybody else.
  for (const heading of document.querySelectorAll("main :is(h2, h3, h4)[id]:not(#contents)")) {
    const link = Object.assign(document.createElement("a"), { className: "permalink", href: `#${heading.id}`, textContent: "#", title: words.permalink, tabIndex: -1, ariaHidden: "true" });
    link.addEventListener("click", () => canCopy && copy(link.href).catch(() => {}));
    heading.append(link);
  }

  // The section that the reader is in is the last one whose heading has passed the upper third of the window.
  const entries = [...document.querySelectorAll(".contents a")]
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((entry) => entry.heading);
  if (entries.length) {
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
