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
    if (links.length !== sheets.length) return location.reload();
    links.forEach((old, n) => {
      if (old.getAttribute("href") === sheets[n]) return;
      const link = old.cloneNode();
      link.href = sheets[n];
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", () => old.remove());
      old.after(link);
    });
  };

  const follow = (state) => {
    if (leaving) return;
    if (state.page !== page) {
      leaving = true;
      // The browser keeps the place in the page.
      location.reload();
      return;
    }
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
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
