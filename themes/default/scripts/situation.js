// The reader's situation stands in the fragment (#s=1&microservices=8) and goes along every link. What shows it is
// loaded only where one is set: this script alone runs everywhere.
(() => {
  "use strict";

  const worthwhile = (globalThis.worthwhile ??= {});
  const meta = document.querySelector("meta[name=worthwhile]");
  if (!meta) return;
  const { root, load } = meta.dataset;
  const fragment = location.hash.slice(1);
  let carried = "";

  /** Puts a situation ("s=1&…", or nothing) into the links to pages of this site; a place on a page becomes `at`. */
  const carry = (situation) => {
    carried = situation;
    for (const link of document.querySelectorAll("a[href]")) {
      const href = (link.dataset.href ??= link.getAttribute("href"));
      // A link with a situation of its own, that of a case, keeps it.
      const [, page, place] = href.match(/^((?!\w+:|\/\/|#|.*#s=)[^#]*\.html[^#]*)#?(.*)$/) ?? [];
      if (!page) continue;
      const at = situation && place ? `&at=${place}` : place;
      link.setAttribute("href", situation || at ? `${page}#${situation}${at}` : page);
    }
  };

  /** Goes to a place on this page, as it stands in an address. */
  const jump = (place) => {
    let target;
    try {
      target = document.getElementById(decodeURIComponent(place));
    } catch {
      // No encoding that anything of ours made.
    }
    if (!target) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };

  // A link to a place on this page would replace the situation in the address.
  document.addEventListener("click", (event) => {
    const href = event.target.closest?.("a[href]")?.getAttribute("href");
    if (!carried || !/^#(?!s=)/.test(href)) return;
    event.preventDefault();
    jump(href.slice(1));
  });

  Object.assign(worthwhile, { root, assess: meta.content, carry, jump });

  if (fragment.startsWith("s=")) {
    const AT = /&at=([^&]*)/;
    const [, at] = fragment.match(AT) ?? [];
    carry(fragment.replace(AT, ""));
    if (load) {
      // The place of the strip, before anything is painted; and what comes above the text comes before the text is seen,
      // if it comes soon.
      const make = (name, properties) => Object.assign(document.createElement(name), properties);
      const strip = (worthwhile.strip = make("aside", { className: "situation coming" }));
      document.getElementById("main").before(strip);
      setTimeout(() => strip.classList.remove("coming"), 1000);
      for (const src of load.split(" ")) document.head.append(make("script", { src, async: false }));
    } else if (at) jump(at);
  }
  // Another situation; or none any more, where there was one.
  if (load) addEventListener("popstate", () => (carried || location.hash.startsWith("#s=")) && location.reload());
})();
