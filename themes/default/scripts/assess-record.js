// What a reader takes along, loaded once it is asked for: the profile as a file, and a decision record after MADR 4, the
// same text that `worthwhile decide` writes.
(() => {
  "use strict";

  const { rules, words, records, parts } = worthwhile;
  const { fill, answer, verdict } = words;
  const { joints } = rules;
  const said = records.words;

  // A profile as a file.

  /** Words that some YAML readers take for something else than text. */
  const TAKEN = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
  const word = (id) => (TAKEN.includes(id) ? JSON.stringify(id) : id);

  const yaml = (profile, indent = "") => {
    const value = (of) => {
      if (of === null) return '"?"';
      if (Array.isArray(of)) return `[${[...of].sort().map(word).join(", ")}]`;
      if (typeof of === "string") return word(of);
      if (typeof of !== "object") return String(of);
      return `{ ${Object.entries(of).map(([key, end]) => `${key}: ${end}`).join(", ")} }`;
    };
    const lines = rules.facts.filter(({ id }) => id in profile).map(({ id }) => `${indent}  ${id}: ${value(profile[id])}`);
    return `${indent}facts:${lines.length ? `\n${lines.join("\n")}` : " {}"}\n`;
  };

  // Conditions in words, with the answers that decide them.

  const OPS = { "==": "exactly", "!=": "not_exactly", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most" };
  const OPPOSITE = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" };

  const leaf = (node, negated) => {
    const fact = words.facts.get(node.fact);
    const { phrases } = fact;
    const chosen = (ids, yes) => {
      const labels = ids.map((id) => fact.options.find((one) => one.id === id)?.label ?? id);
      return fill(yes ? phrases.yes : phrases.no, words.join(labels, joints.or));
    };
    const op = negated ? (OPPOSITE[node.op] ?? node.op) : node.op;
    switch (node.op) {
      case "is": return negated ? phrases.no : phrases.yes;
      case "empty": return negated ? phrases.some : phrases.none;
      case "in":
      case "contains": return chosen(node.options, !negated);
    }
    if (node.boolean !== undefined) return (op === "==") === node.boolean ? phrases.yes : phrases.no;
    if (node.options) return chosen(node.options, op === "==");
    const bound = op === "<" && fact.type === "integer" ? "fewer_than" : OPS[op];
    return fill(phrases.yes, `${joints[bound]} ${answer(fact, node.number)}`);
  };

  /** `inside` an "and" or "or", where a joined part needs to be told apart. */
  const tree = (node, negated, inside = false) => {
    if (node.op === "not") return tree(node.parts[0], !negated, inside);
    if (!node.parts) return leaf(node, negated);
    const isOr = (node.op === "or") !== negated;
    const all = words.join(node.parts.map((part) => tree(part, negated, true)), isOr ? joints.or : joints.and);
    return isOr && inside ? `${joints.either} ${all}` : all;
  };

  /** True if the words of a tree join parts by "or"; `holds` is false where it is said turned round. */
  const joins = (node, holds) => {
    if (node.op === "not") return joins(node.parts[0], !holds);
    if (node.op === "in") return holds && node.options.length > 1;
    return Boolean(node.parts) && ((node.op === "or") === holds || node.parts.some((part) => joins(part, holds)));
  };

  const factsOf = (node) => (node.parts ? node.parts.flatMap(factsOf) : [node.fact]);
  const known = (trees, profile) => {
    const ids = new Set(trees.flatMap(factsOf));
    return rules.facts.filter(({ id }) => ids.has(id) && profile[id] !== undefined && profile[id] !== null);
  };
  const speaks = (fact) => (fact.type === "integer" || fact.type === "number") && fact.unit;

  /** A condition as it is in a situation: "more than 5 microservices (yours: 8 microservices)". */
  const reason = (when, truth, profile) => {
    const text = tree(when, truth === false);
    const alone = new Set(factsOf(when)).size === 1;
    const plain = truth !== null && !joins(when, truth);
    const given = known([when], profile).flatMap((fact) => {
      const value = profile[fact.id];
      const own = answer(fact, value);
      const repeated = text.includes(own) || (Array.isArray(value) && !value.length && text.includes(fact.phrases.none));
      if (typeof value === "boolean" ? plain || alone : plain && repeated) return [];
      return alone || speaks(fact) ? own : `${fact.title}: ${own}`;
    });
    return given.length ? `${text} (${joints.yours}: ${given.join("; ")})` : text;
  };

  /** The known answers that a condition reads, each said on its own. */
  const answers = (when, profile) =>
    known([when], profile).map((fact) => {
      const value = profile[fact.id];
      if (typeof value === "boolean") return value ? fact.phrases.yes : fact.phrases.no;
      if (typeof value === "string") return fill(fact.phrases.yes, answer(fact, value));
      if (fact.type === "choices" && !value.length) return fact.phrases.none;
      return speaks(fact) ? answer(fact, value) : `${fact.title}: ${answer(fact, value)}`;
    });

  // The record.

  const escape = (text) => text.replace(/[\\`*[<|]/g, "\\$&");
  const list = (items) => items.map((item) => `* ${escape(item)}\n`).join("");
  const section = (heading, body) => (body.trim() ? `\n${heading}\n\n${body.trimEnd()}\n` : "");
  const points = ({ pros = [], cons = [] }) =>
    list([...pros.map((text) => fill(said.good, text)), ...cons.map((text) => fill(said.bad, text))]);

  /** The record of choosing `id` for the capability at a place, `found` being its assessment; status `proposed`. */
  const write = (n, id, profile, found, date) => {
    const capability = rules.capabilities[n];
    const record = records.capabilities[n];
    const chosen = record.choices.find((choice) => choice.id === id);
    const label = verdict(found.verdict, found.settled);
    const go = ["adopt", "prepare", "consider"].includes(found.verdict);

    const driver = (place) => {
      const { text, when } = capability.statements[place];
      const given = answers(when, profile);
      return given.length ? `${text} (${given.join("; ")})` : text;
    };
    const lead = (place) => {
      const { list: of } = capability.statements[place];
      const truth = found.truths[place];
      if (truth === null) return said.not_known;
      if (of === "not_when" || of === "later") return said.against;
      if (truth) return said.in_favour;
      return { now: said.not_pressing, activate_when: said.not_ready }[of] ?? said.not_so;
    };
    const fitting = ({ row }) => {
      const { fit, truths } = found.options[row];
      const reasons = capability.options[row].use_when
        .map(({ when }, at) => [when, truths[at]])
        .filter(([, truth]) => truth === ({ fits: true, "does-not-fit": false }[fit] ?? null))
        .map(([when, truth]) => reason(when, truth, profile));
      return { fit, reasons: reasons.join(fit === "undecided" ? said.or_if : "; ") };
    };

    const why = () => {
      if (chosen.row === undefined) return fill(go === (chosen.id === "adopt") ? said.because_verdict : said.although_verdict, label);
      if (!go) return fill(said.although_verdict, label);
      const { fit, reasons } = fitting(chosen);
      return { fits: fill(said.fits, reasons), "does-not-fit": fill(said.although_fit, reasons) }[fit] ?? said.judgement;
    };

    const then = (text, { to, settled }) => fill(said.then, { change: text, verdict: verdict(to, settled) });
    const changes = [
      ...found.flips.map((flip) => then(words.need(flip), flip)),
      ...found.unless.map((one) => then(fill(said.turns_out, words.ways(one)), one)),
      ...(found.flips_together ? [then(fill(said.all_of_this, words.way(found.flips_together.way)), found.flips_together)] : []),
    ];

    const trees = [...capability.statements, ...capability.options.flatMap((option) => option.use_when)].map(({ when }) => when);
    const context = known([...trees, ...capability.prepare], profile).map((fact) => `${fact.title}: ${answer(fact, profile[fact.id])}`);
    const consequences = points(chosen);
    const pros = record.choices.map((choice) => {
      const all = points(choice);
      if (!all) return "";
      const said_of_it = () => {
        const { fit, reasons } = fitting(choice);
        const fits = { fits: said.does_fit, "does-not-fit": said.does_not_fit }[fit];
        const told = fits ? `${fits}: ${reasons}` : reasons ? fill(said.may_fit_if, reasons) : said.may_fit;
        return `${escape(told)}.\n\n`;
      };
      return `### ${escape(choice.title)}\n\n${choice.row === undefined ? "" : said_of_it()}${all}\n`;
    });
    const all_pros = section(`## ${said.pros_and_cons}`, pros.join("")).trim();

    return [
      `---\nstatus: proposed\n${date ? `date: ${date}\n` : ""}worthwhile:\n  capability: ${capability.id}\n  option: ${chosen.id}\n`,
      `  verdict: ${found.verdict}\n  settled: ${found.settled}\n  hashes: { rules: "${record.rules}", prose: "${record.prose}" }\n`,
      `${yaml(profile, "  ")}---\n\n# ${escape(capability.title)}: ${escape(chosen.title)}\n\n## ${said.context}\n\n${escape(record.summary)}\n\n`,
      record.question ? `${escape(record.question)}\n\n` : "",
      `${fill(said.verdict, escape(label))}\n\n${list(context)}`,
      section(`## ${said.drivers}`, list([...found.against.map((at) => fill(said.in_favour, driver(at))), ...found.because.map((at) => fill(lead(at), driver(at)))])),
      section(`## ${said.options}`, list(record.choices.map(({ title }) => title))),
      section(`## ${said.outcome}`, `${fill(said.chosen, { title: escape(chosen.title), why: escape(why()) })}\n${consequences && `\n### ${said.consequences}\n\n${consequences}`}`),
      section(`### ${said.confirmation}`, `${changes.length ? `${said.revisit}\n\n${list([...new Set(changes)])}\n` : ""}${said.check}\n`),
      all_pros && `\n${all_pros}\n`,
    ].join("");
  };

  // What the page does with both.

  const save = (name, text, type) => {
    const link = parts.make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** A form behind the button that asked for it: what was chosen, and the record as a file. It may stay open while other
      answers change: `profile` gives them as they are when the record is saved. */
  const form = (asked, capability, profile, found) => {
    const { make, button } = parts;
    const n = rules.capabilities.indexOf(capability);
    const { choices } = records.capabilities[n];
    const { id, title } = capability;
    const name = `record-${id}`;
    const option = (choice, at) =>
      make("label", { class: "choice" }, make("input", { type: "radio", name, value: choice.id, checked: at === 0 }), make("span", {}, choice.title));
    const leave = () => {
      element.replaceWith(asked);
      asked.focus();
    };
    const element = make(
      "form",
      { class: "record" },
      make("fieldset", {}, make("legend", {}, `${title}: ${words.record_title}`), make("p", { class: "hint" }, words.record_hint), make("div", { class: "choices" }, choices.map(option))),
      make("p", { class: "actions" }, make("button", { class: "button button-primary" }, words.record_save), button(words.cancel, leave, { class: "button button-plain" })),
    );
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = element.querySelector("input:checked").value;
      save(`${id}.md`, write(n, chosen, profile(), found, new Date().toISOString().slice(0, 10)), "text/markdown");
      leave();
    });
    asked.replaceWith(element);
    element.querySelector("input").focus();
  };

  worthwhile.record = { yaml, write, form, download: (profile) => save("profile.yaml", yaml(profile), "text/yaml") };
})();
