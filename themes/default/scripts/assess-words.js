// What the assessment says, and how a situation is written in an address and in a file. Knows no document.
(() => {
  "use strict";

  const { rules, words, engine } = worthwhile;
  const { joints } = rules;
  const facts = new Map(rules.facts.map((fact) => [fact.id, fact]));

  const fill = (template, values) => template.replace(/\{(\w*)\}/g, (_, name) => (name ? values[name] : values));
  const join = (parts, word) =>
    parts.length < 3 ? parts.join(` ${word} `) : `${parts.slice(0, -1).join(", ")}, ${word} ${parts.at(-1)}`;
  const plural = (phrase, count) => fill(count === 1 ? phrase.one : phrase.other, count);
  const labels = (fact, ids) => fact.options.filter(({ id }) => ids.includes(id)).map(({ label }) => label);

  // Answers and what they would have to be.

  const amount = ({ unit }, number) => {
    if (!unit) return String(number);
    const name = number === 1 ? unit.one : unit.other;
    return `${number}${name.startsWith("%") ? "" : " "}${name}`;
  };

  /** An answer on its own: "8 microservices", "5 to 10 hours", "GDPR, DORA". */
  const answer = (fact, value) => {
    if (value === null) return joints.unknown;
    if (typeof value === "boolean") return value ? joints.yes : joints.no;
    if (typeof value === "number") return amount(fact, value);
    if (fact.type === "choices") return value.length ? labels(fact, value).join(", ") : joints.none;
    if (fact.type === "choice") return join(labels(fact, [].concat(value)), joints.or);
    const { min, max } = value;
    if (max === undefined) return `${joints.at_least} ${amount(fact, min)}`;
    return min === undefined ? `${joints.at_most} ${amount(fact, max)}` : `${min} ${joints.to} ${amount(fact, max)}`;
  };

  /** A run of cells as a bound: "more than 10 microservices". */
  const bound = (fact, { min, min_open, max, max_open }) => {
    const whole = fact.type === "integer";
    const lowest = Math.min(0, fact.range?.[0] ?? 0);
    const of = (word, number) => `${word} ${amount(fact, number)}`;
    if (max === min) return of(joints.exactly, min);
    if (max === null) return whole ? of(joints.more_than, min - 1) : of(min_open ? joints.more_than : joints.at_least, min);
    const end = whole ? of(joints.fewer_than, max + 1) : of(max_open ? joints.less_than : joints.at_most, max);
    if (min <= lowest && !min_open) return end;
    if (whole || !(min_open || max_open)) return `${min} ${joints.to} ${amount(fact, max)}`;
    return `${of(min_open ? joints.more_than : joints.at_least, min)} ${joints.and} ${end}`;
  };

  /** What an answer must be, inside a sentence: "mTLS between services is required". */
  const need = (one) => {
    const fact = facts.get(one.fact);
    const { phrases } = fact;
    const chosen = (phrase, ids, word) => fill(phrase, join(labels(fact, ids), word));
    if (one.boolean !== undefined) return one.boolean ? phrases.yes : phrases.no;
    if (one.numbers) return fill(phrases.yes, join(one.numbers.map((cell) => bound(fact, cell)), joints.or));
    if (one.options) {
      const others = fact.options.map(({ id }) => id).filter((id) => !one.options.includes(id));
      // "not simple" is shorter than all the rest.
      const not = others.length === 1 && one.options.length > 1;
      return chosen(not ? phrases.no : phrases.yes, not ? others : one.options, joints.or);
    }
    if (one.add) return chosen(phrases.yes, one.add, joints.or);
    if (one.remove) return chosen(phrases.no, one.remove, joints.or);
    if (one.empty) return phrases.none;
    const parts = one.empty === false ? [phrases.some] : [];
    parts.push(...one.with.map((id) => chosen(phrases.yes, [id])));
    if (one.without.length) parts.push(chosen(phrases.no, one.without, joints.or));
    return join(parts, joints.and);
  };

  const way = (needs) => join(needs.map(need), joints.and);

  const verdict = (name, settled) => {
    const of = rules.verdicts[name];
    return settled || name === "open" ? of.label : of.probably;
  };

  const ways = (one) => {
    const said = one.ways.slice(0, 3).map(way);
    return one.ways.some((needs) => needs.length > 1) ? said.join(`; ${joints.or} `) : join(said, joints.or);
  };

  /** What would change a verdict, each once: { to, settled, text }, most important first. */
  const changes = (found) => {
    const line = ({ to, settled }, text) => ({ to, settled, text });
    const all = () => {
      if (!found.settled) return found.unless.map((one) => line(one, fill(words.if, ways(one))));
      if (found.flips_together) return [line(found.flips_together, fill(words.together, way(found.flips_together.way)))];
      return found.flips.map((flip) => line(flip, fill(words.if, need(flip))));
    };
    // Two statements may come to the same sentence.
    return [...new Map(all().map((one) => [one.to + one.text, one])).values()];
  };

  /** The sentence before the reasons. */
  const lead = ({ rule, verdict: name }) => words.rules[name === "open" ? "open" : name === "adopt" && rule === "staged" ? "active" : rule];

  // The address: s=1, then the facts by name.

  const parseOne = (fact, text) => {
    if (text === "?") return null;
    if (fact.type === "boolean") return text === "true" || (text === "false" ? false : undefined);
    if (fact.type === "choices") return text ? text.split(",") : [];
    if (fact.type === "choice") return text.includes(",") ? text.split(",") : text;
    const number = (part) => {
      if (part === "") return undefined;
      // What is written again is read again: no `+`, which an address takes for a space, and no -0.
      const value = /^-?\d+(\.\d+)?(e-\d+)?$/.test(part) ? Number(part) + 0 : NaN;
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : NaN;
    };
    const ends = text.split("..");
    if (ends.length === 1) return number(text);
    const [min, max] = ends.map(number);
    if (ends.length > 2 || (min === undefined && max === undefined)) return undefined;
    return min === max ? min : { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  };

  /** What an address has that nobody here knows, as a reader is told: not all of it where it is long. */
  const told = (unknown) => unknown.slice(0, 5).map((one) => one.slice(0, 60)).join(", ");

  /** A fragment as a profile, and the keys in it that nobody here knows. */
  const parse = (fragment) => {
    const profile = {};
    const unknown = [];
    for (const [key, text] of new URLSearchParams(fragment)) {
      const fact = facts.get(key);
      if (key === "at" || key + text === "s1") continue;
      const value = fact && parseOne(fact, text);
      if (value === undefined || key in profile || engine.faultOf(fact, value)) unknown.push(`${key}=${text}`);
      else profile[key] = inOrder(fact, value);
    }
    return { profile, unknown };
  };

  /** Options each once, in the order of the fact; of a choice between one, that one. */
  const inOrder = (fact, value) => {
    if (!Array.isArray(value)) return value;
    const named = new Set(value);
    const ids = fact.options.map(({ id }) => id).filter((id) => named.has(id));
    return fact.type === "choice" && ids.length === 1 ? ids[0] : ids;
  };

  const written = (value) => {
    if (value === null) return "?";
    if (typeof value !== "object" || Array.isArray(value)) return String(value);
    return `${value.min ?? ""}..${value.max ?? ""}`;
  };

  /** A profile as a fragment: the same profile is the same text. */
  const write = (profile) => {
    const parts = Object.keys(profile).sort().map((id) => {
      const fact = facts.get(id);
      return `${id}=${written(inOrder(fact, profile[id]))}`;
    });
    return parts.length ? ["s=1", ...parts].join("&") : "";
  };

  worthwhile.words = { ...words, fill, join, plural, facts, answer, need, way, ways, verdict, changes, lead, told, parse, write };
})();
