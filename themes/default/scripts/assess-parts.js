// The parts of an assessment as elements: badges, reasons, what would change a verdict.
(() => {
  "use strict";

  const { rules, words, engine, root } = worthwhile;
  const { fill, plural, facts, answer } = words;
  const SVG = "http://www.w3.org/2000/svg";

  /** Quotes of the page's language, and a number on the line of its unit: texts as pages have them. */
  const typeset = (text) => {
    const { quotes } = words;
    if (!quotes || typeof text !== "string") return text;
    return text
      .replace(/(?<!\p{Lu}\p{L}* [\d.,]*)(\d) (?=%|([dhs]|ms|[kMGT]B|\p{L}{3,14})(?!\p{L}))/gu, "$1\u00a0")
      .replace(/(?<=(?:^|[\s([{/–—“‘„«])["']?)("|'(?!\d))|["']/g, (mark, opens) => quotes[mark === '"' ? "double" : "single"][opens ? 0 : 1]);
  };

  /** A text with its markup, where the rules have it. */
  const rich = (thing, name) => {
    const html = thing[`${name}_html`];
    return html ? Object.assign(make("template"), { innerHTML: html.replaceAll('"{root}', `"${root}`) }).content : thing[name];
  };

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(9).filter((child) => child != null && child !== false).map(typeset));
    return element;
  };

  const button = (text, press, attributes = {}) => {
    const element = make("button", { type: "button", class: "button", ...attributes }, text);
    element.addEventListener("click", press);
    return element;
  };

  /** A symbol of the page's sprite; nothing where the page has none. */
  const icon = (name) => {
    if (!document.getElementById(`icon-${name}`)) return null;
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = svg.appendChild(document.createElementNS(SVG, "use"));
    use.setAttribute("href", `#icon-${name}`);
    return svg;
  };

  /** A verdict; without one, that there is guidance only. */
  const badge = (name, settled, plain) => {
    const is = name ?? "guidance";
    const probably = name && !settled && name !== "open" && " verdict-probably";
    const classes = `verdict verdict-${is}${probably || ""}${plain || !name ? " verdict-plain" : ""}`;
    return make("span", { class: classes }, icon(is), name ? words.verdict(name, settled) : words.guidance);
  };

  /** How often each verdict was found, settled and not: { verdict, settled, number }. */
  const counted = (found) =>
    engine.VERDICTS.flatMap((verdict) =>
      [true, false].map((settled) => ({ verdict, settled, number: found.filter((one) => one.verdict === verdict && one.settled === settled).length })),
    ).filter((one) => one.number);

  /** The first of a list, and the rest folded. */
  const list = (items, most, name = "reasons") => {
    const head = make("ul", { class: name }, items.slice(0, most));
    const rest = items.slice(most);
    if (!rest.length) return [head];
    return [head, make("details", { class: "more" }, make("summary", {}, plural(words.more, rest.length)), make("ul", { class: name }, rest))];
  };

  const factsOf = (tree) => (tree.parts ? [...new Set(tree.parts.flatMap(factsOf))] : [tree.fact]);

  /** A fact and the reader's value, as on a gauge. */
  const chip = (id, profile) => {
    const fact = facts.get(id);
    const value = profile[id];
    const text = value == null ? "?" : value.length || typeof value === "number" ? [].concat(value).join(", ") : answer(fact, value);
    // A long name may break behind its joints, and nowhere else.
    return make("a", { class: "fact", href: root + fact.href }, `${id} = ${text}`.split(/(?<=_)/).flatMap((part, n) => [n > 0 && make("wbr"), part]));
  };

  const state = (truth) =>
    make("span", { class: `state state-${truth}` }, icon(truth), make("span", { class: "for-screen-readers" }, `${words.truth[truth]}: `));

  const chips = (statement, profile) => factsOf(statement.when).flatMap((id) => [chip(id, profile), " "]);

  const reason = (statement, truth, profile) => make("li", {}, state(truth), make("div", {}, rich(statement, "text"), " ", chips(statement, profile)));

  /** Why a capability gets its verdict: what speaks against it, what it rests on. */
  const reasons = (capability, found, profile, most = 3) => {
    const lines = (places) => places.map((n) => reason(capability.statements[n], found.truths[n], profile));
    const parts = [];
    if (found.against.length) parts.push(make("p", { class: "lead" }, words.against), ...list(lines(found.against), most));
    parts.push(make("p", { class: "lead" }, words.lead(found)), ...list(lines(found.because), most));
    return parts;
  };

  /** What would change it. */
  const changes = (found, most = 5) => {
    const items = words.changes(found).map(({ to, settled, text }) =>
      make("li", {}, make("strong", {}, words.verdict(to, settled)), ` ${text}`),
    );
    return items.length ? list(items, most, "changes") : [];
  };

  /** The facts that the reasons of a verdict cite. */
  const cited = (capability, found) =>
    [...found.against, ...found.because].flatMap((n) => factsOf(capability.statements[n].when)).concat(
      found.unless.slice(0, 5).flatMap((one) => one.ways.slice(0, 1).flat().map(({ fact }) => fact)),
    );

  worthwhile.parts = { typeset, make, rich, button, icon, badge, list, chips, reason, reasons, changes, cited, counted, fill, plural };
})();
