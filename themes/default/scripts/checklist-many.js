// The checklist of a site of many capabilities: its page names them, and this draws the decision points of those that are
// worth it in the reader's situation.
(() => {
  "use strict";

  const { points, order, drawn, carry } = worthwhile;
  const list = document.querySelector("[data-checklist]");

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // Texts are the site's own HTML, as on the pages of the capabilities.
  const html = (name, text) => make(name, { innerHTML: text });

  const draw = ({ id, title, href, complexity, points, closing }) => {
    const point = ([name, question, asks]) => {
      const label = html("label", ` ${question}`);
      label.prepend(make("input", { type: "checkbox", name }));
      const item = make("li", {}, make("h3", {}, label));
      if (asks.length) item.append(make("ul", {}, ...asks.map((ask) => html("li", ask))));
      return item;
    };
    const section = make(
      "section",
      { className: "section" },
      make("h2", { id }, make("a", { className: "name", href, textContent: title })),
      make("p", { className: "section-note", textContent: complexity }),
      make("ol", { className: "checklist to-tick" }, ...points.map(point)),
    );
    section.setAttribute("aria-labelledby", id);
    section.dataset.capability = id;
    if (closing) {
      const label = make("p", { className: "label", textContent: list.dataset.closing });
      section.append(make("div", { className: "closing" }, label, Object.assign(html("p", closing), { className: "closing-question" })));
    }
    return section;
  };

  const all = new Map(points.map((one) => [one.id, one]));
  for (const named of document.querySelectorAll("[data-named], .contents")) named.hidden = true;
  list.querySelector("[data-all]").hidden = true;
  const sections = order.filter((id) => all.has(id)).map((id) => draw(all.get(id)));
  list.append(...sections);
  drawn(sections, all.size);
  const parts = location.hash.slice(1).split("&");
  carry(parts.filter((part) => !part.startsWith("at=")).join("&"));
})();
