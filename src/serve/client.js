// Added to every page by the development server: follows the builds. Text from the server only ever becomes text.
(() => {
  "use strict";

  const { page, styles } = document.currentScript.dataset;
  let shownStyles = styles;
  let source = null;
  let leaving = false;
  let overlay = null;
  let shown = "";
  let dismissed = "";

  const element = (name, text, ...children) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };

  const entry = (d) => {
    const place = [d.file, d.line || null, d.column || null].filter((part) => part !== null && part !== "").join(":");
    const what = element("p", "", element("strong", d.code ? `${d.severity}[${d.code}]` : d.severity), ` ${d.message}`);
    return element("li", "", what, element("p", place), element("pre", d.snippet));
  };

  const hide = () => {
    overlay?.remove();
    overlay = null;
    shown = "";
  };

  const dismiss = () => {
    dismissed = shown;
    hide();
  };

  const show = (diagnostics) => {
    const text = JSON.stringify(diagnostics);
    if (text === shown || text === dismissed) return;
    hide();
    dismissed = "";
    shown = text;
    overlay = document.createElement("worthwhile-overlay");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = element("link");
    sheet.rel = "stylesheet";
    sheet.href = "/__worthwhile/overlay.css";
    const button = element("button", "Dismiss");
    button.type = "button";
    button.addEventListener("click", dismiss);
    const heading = element("h2", "The last edit cannot be built; this is the site before it");
    const section = element("section", "", element("header", "", heading, button), element("ol", "", ...diagnostics.map(entry)));
    section.className = "worthwhile";
    section.setAttribute("role", "alert");
    // Shown only once it is styled.
    section.hidden = true;
    sheet.addEventListener("load", () => { section.hidden = false; });
    root.append(sheet, section);
    document.body.append(overlay);
  };

  const swapStyles = (sheets) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    if (links.length !== sheets.length) return reload();
    links.forEach((old, n) => {
      if (old.getAttribute("href") === sheets[n]) return;
      const link = old.cloneNode();
      link.href = sheets[n];
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", () => old.remove());
      old.after(link);
    });
  };

  // A reload keeps the address, and with it filters, and mostly the place in the page. What was opened or closed, and
  // the exact place, are kept here: once, for this address.
  const KEPT = "worthwhile-kept";
  // Each `details` with a name that an edit elsewhere does not change: its id, its summary, and which of those it is.
  const numbered = (visit) => {
    const seen = new Map();
    for (const details of document.querySelectorAll("details")) {
      const key = `${details.id} ${details.querySelector("summary")?.textContent ?? ""}`;
      const n = seen.get(key) ?? 0;
      seen.set(key, n + 1);
      visit(details, `${key} ${n}`);
    }
  };
  const keep = () => {
    const open = {};
    numbered((details, key) => { open[key] = details.open; });
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ at: location.href, x: scrollX, y: scrollY, open }));
    } catch {
      // Without storage a reload is what it always is.
    }
  };
  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (kept?.at !== location.href) return;
    numbered((details, key) => { details.open = kept.open[key] ?? details.open; });
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  };
  const reload = () => {
    leaving = true;
    keep();
    location.reload();
  };

  const follow = (state) => {
    if (leaving) return;
    if (state.page !== page) return reload();
    if (state.styles !== shownStyles) {
      shownStyles = state.styles;
      swapStyles(state.style_sheets);
    }
    if (state.ok) {
      dismissed = "";
      hide();
    } else if (!document.documentElement.dataset.worthwhile) {
      show(state.diagnostics);
    }
  };

  // A browser opens few connections to one host: tabs that nobody looks at give theirs back.
  const connect = () => {
    if (source || document.hidden) return;
    source = new EventSource(`/__worthwhile/events?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", (message) => follow(JSON.parse(message.data)));
  };
  const disconnect = () => {
    source?.close();
    source = null;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay) dismiss();
  });
  // After the scripts of the site: some of them make what is to be opened.
  if (document.readyState === "complete") restore();
  else addEventListener("load", restore);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
