// What a situation adds to the other pages: the strip, the verdict of a capability and the fit of its options, the
// reader's value on a fact's number line. The matrix has a script of its own for its column.
(() => {
  "use strict";

  const { rules, words, engine, parts, carry, jump, root, assess } = worthwhile;
  const { make, button, badge, plural, fill } = parts;
  const { profile, unknown } = words.parse(location.hash.slice(1));
  const compiled = engine.compile(rules);
  const main = document.getElementById("main");
  const fragment = words.write(profile);
  const count = Object.keys(profile).length;
  const pageOf = (list) => list.findIndex(({ href }) => location.pathname.endsWith(`/${href}`));

  // The strip.

  const verdicts = compiled.verdicts(profile);
  const clear = () => {
    // What is filtered by a verdict means nothing without one.
    const rest = location.search.slice(1).split("&").filter((part) => part && !/^(verdict=|sort=-?verdict$)/.test(part));
    history.pushState(null, "", location.pathname + (rest.length ? `?${rest.join("&")}` : ""));
    location.reload();
  };
  worthwhile.strip.setAttribute("aria-label", words.strip);
  worthwhile.strip.append(
    make(
      "div",
      { class: "wrap" },
      make("strong", {}, words.strip),
      make("a", { href: `${assess}#${fragment}` }, plural(words.strip_facts, count)),
      parts.counted(verdicts).map(({ verdict, settled, number }) => make("span", {}, `${number} ${words.verdict(verdict, settled)}`)),
      button(words.strip_clear, clear, { class: "link" }),
      unknown.length > 0 && make("span", { role: "status" }, fill(words.unknown_keys, words.told(unknown))),
    ),
  );

  // A capability: its verdict, and which options fit.

  const at = pageOf(rules.capabilities);
  if (at >= 0) {
    const capability = rules.capabilities[at];
    const found = compiled.assess(profile).capabilities[at];
    const changes = parts.changes(found);
    const lines = (places) => parts.list(places.map((n) => parts.reason(capability.statements[n], found.truths[n], profile)), 4);
    const column = (title, children) => children.length > 0 && make("div", {}, make("h3", {}, title), children);
    if (found.verdict) {
      const [first] = found.because;
      const panel = make(
        "section",
        { class: "panel", "aria-labelledby": "verdict" },
        make("div", { class: "panel-head" }, make("h2", { id: "verdict" }, words.panel), badge(found.verdict, found.settled), make("span", { class: "detail" }, found.settled ? words.verdict_settled : words.verdict_open)),
        first !== undefined && make("p", { class: "panel-said" }, words.lead(found), " ", parts.rich(capability.statements[first], "text")),
        column(words.against, found.against.length ? lines(found.against) : []),
        column(words.lead(found), lines(found.because)),
        column(words.unless, changes),
      );
      main.querySelector(".page-head").after(panel);
    }
    capability.statements.forEach((statement, n) => {
      const list = statement.list === "triggers" ? "trigger" : statement.list.replace("_", "-");
      const line = document.getElementById(`${list}-${statement.id ?? statement.place + 1}`);
      if (!line?.matches(".statements > li")) return;
      const decides = found.verdict !== "open" && found.because.includes(n);
      line.classList.toggle("decides", decides);
      line.querySelector("p").after(stateOf(statement, found.truths[n], decides));
    });
    showFits(found);
  }

  // A trigger: whether it holds, and what its capability comes to.

  const [, owner, trigger] = location.pathname.match(/\/triggers\/([^/.]+)\.([^/]+)\.html$/) ?? [];
  const from = rules.capabilities.findIndex(({ id }) => id === owner);
  if (from >= 0) {
    const { statements, title } = rules.capabilities[from];
    const found = compiled.assess(profile).capabilities[from];
    const n = statements.findIndex(({ list, id }) => list === "triggers" && id === trigger);
    // A trigger in prose has no state.
    const said = n >= 0 && stateOf(statements[n], found.truths[n]);
    if (said) said.classList.add("yours");
    if (said) main.querySelector(".page-head").append(said, make("p", { class: "yours" }, `${title}: `, badge(found.verdict, found.settled)));
  }

  /** A statement's state in the reader's situation: a glyph and a word, and the answers that make it. */
  function stateOf(statement, truth, decides) {
    const [first, ...rest] = words.truth[truth];
    return make("p", { class: "statement-state" }, parts.icon(truth), make("b", {}, first.toUpperCase() + rest.join("")), decides && make("b", { class: "decides-word" }, words.decides), parts.chips(statement, profile));
  }

  // A comparison: the verdict, and a row that says for each option whether it fits, and why. What speaks for "keep what
  // you have" are the statements that rule the capability out.

  const over = rules.capabilities.findIndex(({ href }) => location.pathname.endsWith(`/trade-offs/${href.split("/").pop()}`));
  if (over >= 0) {
    const capability = rules.capabilities[over];
    const found = compiled.assess(profile).capabilities[over];
    showFits(found);
    if (found.verdict) main.querySelector(".page-head").append(make("p", { class: "yours" }, `${words.panel} `, badge(found.verdict, found.settled)));
    const table = main.querySelector(".comparison");
    if (table) table.tBodies[0].prepend(...forYou(table, capability, found));
    worthwhile.compare?.();
  }

  function forYou(table, capability, found) {
    const not = capability.statements.map((statement, place) => [statement, found.truths[place]]).filter(([{ list }]) => list === "not_when");
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const all = Number(table.querySelector("[data-statements]")?.dataset.statements ?? 0);
    const reasoned = ({ use_when, prose }) => use_when.length > 0 || prose;
    // A table of what each thing is, without a reason for any, has no row of its own.
    if (!all && !capability.options.some(reasoned)) return [];
    let option = 0;
    const cells = heads.map((head) => {
      const keep = head.classList.contains("keep");
      const row = keep ? 0 : option++;
      const attributes = { "data-label": head.dataset.short, class: keep && "keep" };
      // What never says when to use it fits or not whatever the situation.
      if (keep ? !all : !reasoned(capability.options[row])) return make("td", attributes, make("div", { class: "quiet" }, "–"));
      const states = keep ? not : capability.options[row].use_when.map((statement, at) => [statement, found.options[row].truths[at]]);
      const fit = keep ? fitOf(not, all) : found.options[row].fit;
      const deciding = fit === "fits" ? true : fit === "undecided" ? null : false;
      const reasons = states.filter(([, truth]) => truth === deciding).map(([statement, truth]) => parts.reason(statement, truth, profile));
      return make("td", attributes, make("div", {}, fitBadge(fit), make("ul", { class: "reasons detail" }, reasons)));
    });
    return [make("tr", { class: "for-you" }, make("th", { scope: "row" }, words.for_you), cells)];
  }

  function showFits({ options }) {
    for (const cell of main.querySelectorAll("[data-option]")) {
      const { fit } = options[Number(cell.dataset.option)] ?? {};
      if (fit) cell.append(fitBadge(fit));
    }
  }

  function fitOf(states, all) {
    const truths = states.map(([, truth]) => truth);
    if (truths.includes(true)) return "fits";
    return truths.length === all && truths.every((truth) => truth === false) ? "does-not-fit" : "undecided";
  }

  function fitBadge(fit) {
    return make("span", { class: `fit fit-${fit}` }, parts.icon({ fits: "true", "does-not-fit": "false" }[fit] ?? "null"), words.fit[fit]);
  }

  // A fact: the reader's answer, and where it lies on the number line.

  const fact = rules.facts[pageOf(rules.facts)];
  if (fact) {
    const known = fact.id in profile;
    const text = known ? fill(words.yours, words.answer(fact, profile[fact.id])) : words.no_answer;
    main.querySelector(".page-head").append(make("p", { class: "yours" }, text, " ", make("a", { href: `${assess}#${fragment}&at=${fact.id}` }, known ? words.change : words.answer_it)));
    const line = main.querySelector(".number-line[data-slots]");
    if (line && typeof profile[fact.id] === "number") mark(line, profile[fact.id]);
  }

  function mark(line, value) {
    const starts = line.dataset.slots.split(" ");
    const slot = starts.findLastIndex((start) => (start.startsWith(">") ? value > Number(start.slice(1)) : value >= Number(start)));
    if (slot < 0) return;
    const draw = (parent, name, attributes) => {
      const shape = parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", name));
      for (const [key, of] of Object.entries(attributes)) shape.setAttribute(key, of);
      return shape;
    };
    const width = 100 / starts.length;
    line.prepend(draw(line, "rect", { class: "reached", x: `${slot * width}%`, y: 0, width: `${width}%`, height: "100%" }));
    // A flag over the axis, centred on the slot.
    const flag = draw(line, "svg", { x: `${(slot + 0.5) * width}%`, overflow: "visible" });
    draw(flag, "path", { class: "value", d: "M-20-26h40v20H5L0 0l-5-6h-15z" });
    draw(flag, "text", { class: "tick value-label", y: -12, "text-anchor": "middle" }).textContent = words.you;
  }

  // The matrix: a column, which can be sorted, and a facet. Its own script reads both when all is loaded.

  const table = main.querySelector(".matrix");
  if (table) {
    table.classList.add("with-verdict");
    const label = words.verdict_column;
    table.tHead.rows[0].cells[0].after(make("th", { scope: "col", class: "col-15", "data-sort": "verdict" }, label));
    for (const row of table.tBodies[0].rows) {
      const n = rules.capabilities.findIndex(({ href }) => row.querySelector("a").dataset.href.split("#")[0].endsWith(href));
      const { verdict, settled } = verdicts[n];
      row.dataset.verdict = verdict ?? "guidance";
      row.cells[0].after(
        make("td", { class: "wide", "data-label": label, "data-order": verdict ? engine.VERDICTS.indexOf(verdict) : 9 }, badge(verdict, settled, true)),
      );
    }
    // One that nothing has may be filtered by all the same: an address may say so.
    const pill = (id, name, number = verdicts.filter(({ verdict }) => (verdict ?? "guidance") === id).length) =>
      make("label", { class: "pill", hidden: !number }, make("input", { type: "checkbox", value: id }), make("span", {}, make("span", { "data-name": true }, name), " ", make("b", { "data-number": true }, number)));
    main.querySelector("[data-facet]").before(
      make(
        "fieldset",
        { "data-facet": "verdict" },
        make("legend", { class: "label" }, label),
        make("div", { class: "pills" }, engine.VERDICTS.map((name) => pill(name, words.verdict(name, true))), pill("guidance", words.guidance)),
      ),
    );
  }

  // The checklist: what is worth it, in the suggested order.

  worthwhile.checklist?.(compiled.assess(profile).order, (id) => {
    const { verdict, settled } = verdicts[rules.capabilities.findIndex((one) => one.id === id)];
    return badge(verdict, settled);
  });

  carry(fragment);
  // All is in its place: the text may be seen, and a place in it be gone to.
  worthwhile.strip.classList.remove("coming");
  const [, place] = location.hash.match(/&at=([^&]+)/) ?? [];
  if (place) jump(place);
})();
