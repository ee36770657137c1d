// The interview: the next question first, the answers, the verdicts. The address is the state: every answer is a step
// that the browser's Back takes back.
(() => {
  "use strict";

  const { rules, words, engine, parts, carry, jump, stored } = worthwhile;
  const { typeset, make, rich, button, icon, badge, fill, plural } = parts;
  const section = document.querySelector("[data-assess]");
  const [tally, actions, asked, given, verdicts, said, notice] = "tally actions question answers verdicts said notice".split(" ").map((name) => section.querySelector(`[data-${name}]`));
  const compiled = engine.compile(rules);
  const UNKNOWN = "?";
  const NONE = "[]";

  let profile = {};
  // Whether it says anything.
  let started;
  let assessment;
  // The fact whose answer is being changed.
  let changing = null;
  // Asked, and put off.
  const skipped = new Set();

  const say = (...sentences) => (said.textContent = typeset(sentences.join(" ")));

  const named = ({ href, title }) => make("a", { class: "name", href: worthwhile.root + href }, title);

  // The address.

  const write = () => {
    const hash = words.write(profile);
    try {
      history.pushState(null, "", `${location.pathname}${location.search}${hash && `#${hash}`}`);
    } catch {
      location.hash = hash;
    }
  };

  /** Takes over another profile, shows it, and says what became of it. */
  const become = (next, sentence = "") => {
    profile = next;
    changing = null;
    notice.hidden = true;
    write();
    if (remember.checked) keep();
    show();
    say(sentence, summary(), nextFact() ? `${words.next} ${nextFact().question}` : ending());
  };

  const answerWith = (id, value) => {
    const next = { ...profile, [id]: value };
    if (value === undefined) delete next[id];
    // Forgotten by `become`.
    const back = changing;
    become(next);
    focusOn(back);
  };

  /** Focus goes back to the answer that was changed; to the question where that is folded away, or new. */
  const focusOn = (id) => {
    const back = given.querySelector(`[data-change="${id}"]`);
    (back?.checkVisibility() ? back : heading()).focus();
  };

  // The question.

  const nextFact = () => {
    const ids = assessment.next_questions.map(({ fact }) => fact);
    return words.facts.get(ids.find((id) => !skipped.has(id)) ?? ids[0]);
  };

  const heading = () => asked.querySelector("legend, h2");

  const ending = () => words[assessment.progress];

  /** A radio button or check box with its label. */
  const choice = (type, value, label, checked) =>
    make("label", { class: "choice" }, make("input", { type, name: "answer", value, checked }), make("span", {}, label));

  const controls = (fact, value) => {
    const unknown = (type) => choice(type, UNKNOWN, words.unknown, value === null);
    if (fact.type === "boolean") {
      const { yes, no } = rules.joints;
      const cased = (text) => text[0].toUpperCase() + text.slice(1);
      return [choice("radio", "true", cased(yes), value === true), choice("radio", "false", cased(no), value === false), unknown("radio")];
    }
    if (fact.options) {
      const type = fact.type === "choices" ? "checkbox" : "radio";
      const has = (id) => (Array.isArray(value) ? value.includes(id) : value === id);
      const all = fact.options.map(({ id, label }) => choice(type, id, label, has(id)));
      if (type === "checkbox") all.push(choice(type, NONE, words.none, Array.isArray(value) && !value.length));
      return [...all, unknown(type)];
    }
    const input = (label, of) =>
      make("input", { type: "number", class: "number", step: fact.type === "integer" ? 1 : "any", min: Math.min(0, fact.range?.[0] ?? 0), value: of, "aria-label": label, inputmode: "decimal" });
    const { min, max } = typeof value === "number" ? { min: value } : (value ?? {});
    const unit = fact.unit ? ` ${fact.unit.other}` : "";
    return [
      make(
        "div",
        { class: "choice" },
        make("label", {}, make("input", { type: "radio", name: "answer", value: "number", checked: value != null }), make("span", { class: "for-screen-readers" }, words.value)),
        make("span", { class: "range" }, input(fact.title + unit, min), ` ${words.up_to} `, input(words.up_to + unit, max), unit),
      ),
      unknown("radio"),
    ];
  };

  /** What the form says: undefined if nothing is chosen, NaN if it cannot be. */
  const valueOf = (form, fact) => {
    const chosen = [...form.querySelectorAll("input[name=answer]:checked")].map((input) => input.value);
    if (!chosen.length) return undefined;
    if (chosen.includes(UNKNOWN)) return null;
    if (fact.type === "boolean") return chosen[0] === "true";
    if (fact.type === "choices") return chosen.filter((id) => id !== NONE);
    if (fact.type === "choice") return chosen[0];
    const inputs = [...form.querySelectorAll("input.number")];
    const [min, max] = inputs.map((input) => (input.value === "" ? undefined : Number(input.value)));
    if (inputs.some((input) => input.validity.badInput || input.value > 9e15)) return NaN;
    return max === undefined || max === min ? min : { ...(min !== undefined && { min }), max };
  };

  const form = (fact, isChange) => {
    const question = assessment.next_questions.find(({ fact: id }) => id === fact.id);
    const worth = question && [
      plural(words.touches, question.touches),
      question.could_settle ? plural(words.could_settle, question.could_settle) : words.could_not_settle,
    ];
    const wrong = make("p", { class: "wrong", role: "alert", id: "wrong" });
    const title = isChange ? (fact.id in profile ? words.change_title : words.answer_title) : [words.next, ...worth].join(" ");
    const fields = make(
      "fieldset",
      {},
      make("legend", { tabindex: -1 }, rich(fact, "question")),
      fact.help && make("p", { class: "hint" }, rich(fact, "help")),
      fact.measured && make("p", { class: "hint" }, make("a", { href: worthwhile.root + fact.href }, words.measure)),
      make("div", { class: "choices" }, controls(fact, profile[fact.id])),
      engine.isOrdered(fact) && make("p", { class: "hint" }, words.range_hint),
      wrong,
    );
    const leave = () => {
      changing = null;
      show();
      focusOn(fact.id);
    };
    const others = isChange
      ? [button(words.cancel, leave, { class: "button button-plain" }), fact.id in profile && button(words.remove, () => answerWith(fact.id), { class: "button button-plain" })]
      : assessment.next_questions.length > 1 && button(words.skip, () => {
          if (assessment.next_questions.filter(({ fact: id }) => !skipped.has(id)).length < 2) skipped.clear();
          skipped.add(fact.id);
          show();
          heading().focus();
        }, { class: "button button-plain" });
    const element = make(
      "form",
      { class: "question", novalidate: true },
      make("p", { class: "kind" }, icon("decision-points"), title),
      fields,
      make("p", { class: "actions" }, make("button", { class: "button button-primary" }, isChange ? words.save_change : words.save), others),
    );
    element.addEventListener("input", ({ target }) => {
      const boxes = [...element.querySelectorAll("[type=checkbox]")];
      const alone = (input) => input.value === UNKNOWN || input.value === NONE;
      if (target.checked && boxes.includes(target)) {
        for (const box of boxes) if (box !== target && (alone(target) || alone(box))) box.checked = false;
      }
      if (target.classList.contains("number")) element.querySelector("[value=number]").checked = true;
      wrong.textContent = "";
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = valueOf(element, fact);
      if (value === undefined) wrong.textContent = words.choose;
      else if (engine.faultOf(fact, value)) wrong.textContent = fill(words.wrong, fact.type === "integer" ? words.whole : "");
      else return answerWith(fact.id, value);
      element.querySelector("input:checked, input").focus();
    });
    return element;
  };

  const showQuestion = () => {
    const fact = words.facts.get(changing) ?? nextFact();
    asked.replaceChildren(
      fact
        ? form(fact, changing !== null)
        : make("div", { class: "question" }, make("h2", { tabindex: -1 }, ending())),
    );
  };

  // The answers.

  const showAnswers = () => {
    const cited = new Set(rules.capabilities.flatMap((one, n) => parts.cited(one, assessment.capabilities[n])));
    const row = (fact) => {
      const known = fact.id in profile;
      const press = () => {
        changing = fact.id;
        showQuestion();
        heading().focus();
      };
      return make(
        "div",
        { class: known ? null : "unanswered" },
        make("dt", {}, named(fact)),
        make("dd", {}, known ? words.answer(fact, profile[fact.id]) : words.not_answered),
        make("dd", {}, button([known ? words.change : words.answer_it, make("span", { class: "for-screen-readers" }, ` ${fact.title}`)], press, { class: "link", "data-change": fact.id })),
      );
    };
    const shown = rules.facts.filter(({ id }) => id in profile || (started && cited.has(id)));
    const others = rules.facts.filter((fact) => !shown.includes(fact) && fact !== nextFact());
    const open = given.querySelector("details")?.open;
    given.replaceChildren(
      ...(shown.length ? [make("h2", {}, words.answers), make("dl", { class: "answers" }, shown.map(row))] : []),
      ...(others.length ? [make("details", { class: "more", open }, make("summary", {}, plural(words.others, others.length)), make("dl", { class: "answers" }, others.map(row)))] : []),
    );
  };

  // The verdicts.

  const counted = () => parts.counted(assessment.capabilities);

  const summary = () => `${counted().map(({ verdict, settled, number }) => `${number} ${words.verdict(verdict, settled)}`).join(", ")}.`;

  // What has not changed stays where it is, opened lists too: made once, put in place only where it is not there yet.
  const made = new WeakMap();

  const once = (key, element) => {
    if (!made.has(key)) made.set(key, element());
    return made.get(key);
  };

  const put = (parent, children) => {
    const kept = new Set(children);
    for (const old of [...parent.childNodes]) if (!kept.has(old)) old.remove();
    let at = parent.firstChild;
    for (const child of children) {
      if (child === at) at = at.nextSibling;
      else parent.insertBefore(child, at);
    }
  };

  const item = ({ capability, found }) => once(found, () => {
    const changes = parts.changes(found);
    const decide = button([words.record, make("span", { class: "for-screen-readers" }, `: ${capability.title}`)], async () => (await record()).form(decide, capability, () => profile, found), { class: "link" });
    return make(
      "li",
      {},
      make("div", { class: "item-head" }, make("h3", {}, named(capability)), found.verdict !== "open" && !found.settled && badge(found.verdict, false), make("span", { class: "detail" }, capability.layer)),
      parts.reasons(capability, found, profile),
      changes.length > 0 && [make("p", { class: "lead" }, words.unless), changes],
      decide,
    );
  });

  const link = ({ capability }) => once(capability, () => make("li", {}, make("h3", {}, named(capability))));

  /** The sections of the groups, by verdict. */
  const sections = {};

  const showVerdicts = () => {
    tally.replaceChildren(
      ...counted().map(({ verdict, settled, number }) =>
        make("li", {}, make("a", { href: `#group-${verdict}` }, make("b", {}, number), badge(verdict, settled, true))),
      ),
    );
    tally.hidden = !started;
    if (!started) {
      const starts = rules.cases.map(({ title, facts }) => button(title, () => {
        become({ ...facts }, `${title}.`);
        heading().focus();
      }));
      verdicts.replaceChildren(
        make("h2", {}, words.verdicts),
        make("p", { class: "hint" }, words.nothing),
        ...(starts.length ? [make("h3", {}, words.start), make("p", { class: "actions" }, starts)] : []),
      );
      return;
    }
    const places = new Map(assessment.order.map((id, n) => [id, n]));
    const shown = [...engine.VERDICTS, null].flatMap((verdict) => {
      const members = rules.capabilities
        .map((capability, n) => ({ capability, found: assessment.capabilities[n] }))
        .filter(({ found }) => found.verdict === verdict)
        .sort((a, b) => places.get(a.capability.id) - places.get(b.capability.id));
      if (!members.length) return [];
      const name = verdict ?? "guidance";
      // So many of a group are told in full; the others, where there are more, by name.
      const full = verdict ? 25 : 0;
      const section = (sections[name] ??= make("section", { class: `group verdict-${name}`, "aria-labelledby": `group-${name}` }, make("h2", { id: `group-${name}` }, icon(name), verdict ? words.verdict(verdict, true) : words.guidance), make("ul")));
      const rest = members.slice(full).map(link);
      put(section.lastChild, [...members.slice(0, full).map(item), ...(full && rest.length ? [make("li", { class: "hint" }, words.by_name)] : []), ...rest]);
      return section;
    });
    put(verdicts, shown);
  };

  // What can be done with it.

  /** What few need: loaded once somebody asks for it. */
  let loading;
  const record = async () => {
    loading ??= Promise.all(
      worthwhile.later.map((route) => new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src: worthwhile.root + route, async: false, onload, onerror })))),
    );
    await loading;
    return worthwhile.record;
  };

  // On this device, if the reader wants it, and only then.
  const remember = make("input", { type: "checkbox" });
  const keep = () => stored((storage) => (remember.checked ? storage.setItem("situation", words.write(profile)) : storage.removeItem("situation")));
  remember.addEventListener("change", keep);

  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(location.href);
    say((copy.textContent = words.copied));
    setTimeout(() => (copy.textContent = words.copy), 2000);
  });
  actions.append(
    ...(navigator.clipboard ? [copy] : []),
    button(words.download, async () => (await record()).download(profile)),
    button(words.print, () => print()),
    button(words.clear, () => {
      become({}, words.cleared);
      heading().focus();
    }, { class: "button button-plain" }),
    make("label", { class: "remember" }, remember, words.remember),
  );

  const show = () => {
    assessment = compiled.assess(profile);
    started = Object.keys(profile).length > 0;
    actions.hidden = !started;
    showQuestion();
    showAnswers();
    showVerdicts();
    carry(words.write(profile));
  };

  /** The address was changed by hand, or by the browser's Back. */
  const restore = () => {
    const found = words.parse(location.hash.slice(1));
    profile = found.profile;
    notice.hidden = !found.unknown.length;
    notice.textContent = fill(words.unknown_keys, words.told(found.unknown));
    changing = null;
    show();
  };

  const kept = stored((storage) => storage.getItem("situation"));
  if (kept && !location.hash) location.replace(`#${kept}`);
  restore();
  addEventListener("popstate", () => say(restore(), summary()));
  // A link that somebody sent does not replace what is kept.
  remember.checked = location.hash === `#${kept}`;
  section.hidden = false;
  const [, at] = location.hash.match(/&at=([^&]+)/) ?? [];
  if (words.facts.has(at)) {
    changing = at;
    showQuestion();
    heading().focus();
  } else if (at) {
    jump(at);
  }
})();
