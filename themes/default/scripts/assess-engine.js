// The assessment: what is worthwhile for the situation that a profile describes. The same algorithm as the program's
// (src/assess): pure, no document, no clock. Both replay the same vectors.
//
// A profile maps ids of facts to answers: true or false, a number, { min, max }, the id of an option (of a choice, a
// list of ids: one of these), a list of ids (of a set: exactly these), or null for "I don't know".
// A truth is true, false or null for unknown. A domain is the list of classes that remain of a variable, ascending.
(() => {
  "use strict";

  const VERDICTS = ["adopt", "prepare", "consider", "wait", "skip", "open"]; // as readers see them
  const UNLESS_ORDER = ["skip", "wait", "adopt", "prepare", "consider", "open"];
  const FREE = -1; // a variable that is not fixed to a class
  const MOST_WAYS = 64;

  const range = (length) => Array.from({ length }, (_, n) => n);
  const unique = (list) => [...new Set(list)].sort((a, b) => a - b);

  // Conditions.

  const leavesOf = (tree) => (tree.parts ? tree.parts.flatMap(leavesOf) : [tree]);
  const nameOf = (leaf) => [leaf.fact, leaf.op, leaf.number, leaf.boolean, leaf.options].join("|");

  /** Whether a leaf holds for a value: true or false, a number, an option's id, or { members, empty }. */
  const leafHolds = (leaf, value) => {
    const literal = leaf.number ?? leaf.boolean ?? leaf.options?.[0];
    switch (leaf.op) {
      case "is": return value;
      case "empty": return value.empty;
      case "contains": return value.members.includes(literal);
      case "in": return leaf.options.includes(value);
      case "==": return value === literal;
      case "!=": return value !== literal;
      case "<": return value < literal;
      case "<=": return value <= literal;
      case ">": return value > literal;
      default: return value >= literal;
    }
  };

  // Cells: the values of a fact, as far as conditions tell them apart.

  const isOrdered = (fact) => fact.type === "integer" || fact.type === "number";

  const lowest = (fact) => {
    const low = Math.min(0, fact.range?.[0] ?? 0);
    return fact.type === "integer" ? Math.ceil(low) : low;
  };

  /** The cells of a fact: ordered `cells`, `groups` of options, or `members` of a set and whether there is an `other`. */
  const cut = (fact, leaves) => {
    if (isOrdered(fact)) return { cells: lineCells(fact, leaves) };
    if (fact.type === "boolean") return { count: leaves.length ? 2n : 1n };
    if (fact.type === "choice") {
      const groups = new Map();
      fact.options.forEach((option, n) => {
        const told = leaves.map((leaf) => leafHolds(leaf, option.id)).join();
        groups.set(told, [...(groups.get(told) ?? []), n]);
      });
      return { groups: [...groups.values()] };
    }
    const mentioned = (id) => leaves.some((leaf) => leaf.op === "contains" && leaf.options[0] === id);
    const members = range(fact.options.length).filter((n) => mentioned(fact.options[n].id));
    return { members, other: leaves.some((leaf) => leaf.op === "empty") && members.length < fact.options.length };
  };

  const countCells = (cells) => {
    if (cells.members) return (1n << BigInt(cells.members.length)) + (cells.other ? 1n : 0n);
    return cells.count ?? BigInt(Math.max(1, (cells.cells ?? cells.groups).length));
  };

  /** Thresholds and the intervals between them; neighbours that no leaf tells apart are one. No `max`: no upper end. */
  const lineCells = (fact, leaves) => {
    const whole = fact.type === "integer";
    const low = lowest(fact);
    const points = unique([low, ...leaves.map((leaf) => leaf.number).filter((number) => number > low)]);
    const cells = [];
    let before;
    const add = (cell, inside) => {
      const told = leaves.map((leaf) => leafHolds(leaf, inside)).join();
      if (cells.length && told === before) Object.assign(cells.at(-1), { max: cell.max, max_open: cell.max_open });
      else cells.push(cell);
      before = told;
    };
    points.forEach((point, n) => {
      const next = points[n + 1] ?? null;
      if (!whole || Number.isInteger(point)) add({ min: point, min_open: false, max: point, max_open: false }, point);
      if (whole) {
        const first = Math.floor(point) + 1;
        const last = next === null ? null : Math.ceil(next) - 1;
        if (last === null || first <= last) add({ min: first, min_open: false, max: last, max_open: false }, first);
      } else {
        const inside = next === null ? point + 1 : point + (next - point) / 2;
        if (next === null || (point < inside && inside < next)) {
          add({ min: point, min_open: true, max: next, max_open: next !== null }, inside);
        }
      }
    });
    return cells;
  };

  const insideOf = ({ min, min_open, max, max_open }) => {
    if (!min_open) return min;
    if (max === null) return min + 1;
    return max_open ? min + (max - min) / 2 : max;
  };

  /** True if a cell and the closed range between these ends share a value of the type. */
  const meets = (cell, min, max, whole) => {
    const from = whole ? Math.ceil(min) : min;
    const to = whole ? Math.floor(max) : max;
    const end = cell.max ?? Infinity;
    const [low, lowOpen] = from > cell.min ? [from, false] : [cell.min, cell.min_open];
    const [high, highOpen] = to < end ? [to, false] : [end, cell.max_open];
    return low < high || (low === high && !lowOpen && !highOpen);
  };

  // What a profile leaves open of each fact.

  /** Why an answer says nothing about its fact; null if it does. */
  const faultOf = (fact, answer) => {
    if (answer === null) return null;
    const known = (id) => fact.options.some((option) => option.id === id);
    switch (fact.type) {
      case "boolean": return typeof answer === "boolean" ? null : "type";
      case "choice":
      case "choices":
        if (fact.type === "choices" ? !Array.isArray(answer) : answer.length === 0) return "type";
        return [].concat(answer).every(known) ? null : "option";
    }
    const whole = fact.type === "integer";
    if (typeof answer === "number") {
      if (!Number.isFinite(answer) || (whole && !Number.isInteger(answer))) return "number";
      return answer < lowest(fact) ? "low" : null;
    }
    if (typeof answer !== "object" || Array.isArray(answer)) return "type";
    const min = Math.max(answer.min ?? lowest(fact), lowest(fact));
    const max = answer.max ?? Number.MAX_VALUE;
    if (!Number.isFinite(min) || !Number.isFinite(max)) return "number";
    return min > max || (whole && Math.ceil(min) > Math.floor(max)) ? "low" : null;
  };

  const knowledgeOf = (fact, cells, answer) => {
    if (answer === undefined || faultOf(fact, answer)) return { kind: "absent" };
    if (answer === null) return { kind: "unknown" };
    if (fact.type === "boolean") return { kind: "boolean", value: answer };
    if (!isOrdered(fact)) {
      const ids = [].concat(answer);
      const options = range(fact.options.length).filter((n) => ids.includes(fact.options[n].id));
      return { kind: fact.type === "choice" ? "options" : "set", options };
    }
    const { min = -Infinity, max = Infinity } = typeof answer === "number" ? { min: answer, max: answer } : answer;
    if (min === -Infinity && max === Infinity) return { kind: "absent" };
    const met = cells.cells.map((cell) => meets(cell, min, max, fact.type === "integer"));
    return met.includes(true) ? { kind: "cells", first: met.indexOf(true), last: met.lastIndexOf(true) } : { kind: "absent" };
  };

  /** How many of a fact's cells remain. */
  const countOf = (knowledge, cells) => {
    switch (knowledge.kind) {
      case "absent":
      case "unknown": return countCells(cells);
      case "cells": return BigInt(knowledge.last - knowledge.first + 1);
      case "options": return BigInt(cells.groups.filter((group) => group.some((n) => knowledge.options.includes(n))).length);
      default: return 1n;
    }
  };

  /** The classes of a variable that remain. */
  const remainingOf = (knowledge, variable) => {
    switch (knowledge.kind) {
      case "boolean": return [knowledge.value ? 1 : 0];
      case "cells": return unique(variable.of.slice(knowledge.first, knowledge.last + 1));
      case "options": return unique(knowledge.options.map((n) => variable.of[n]));
      case "set": return [classOfSet(variable, knowledge.options)];
      default: return range(variable.classes);
    }
  };

  /** How many of the fact's remaining cells lie in each class of a variable. */
  const weightsOf = (knowledge, variable, cells) => {
    const weights = Array(variable.classes).fill(0n);
    if (cells.cells) {
      const { first = 0, last = cells.cells.length - 1 } = knowledge;
      for (let n = first; n <= last; n += 1) weights[variable.of[n]] += 1n;
    } else if (cells.groups) {
      for (const group of cells.groups) {
        const option = group.find((n) => knowledge.kind !== "options" || knowledge.options.includes(n));
        if (option !== undefined) weights[variable.of[option]] += 1n;
      }
    } else if (cells.members && knowledge.kind !== "set") {
      // Each subset of our members stands for every subset of the others beside it.
      const beside = 1n << BigInt(cells.members.length - variable.members.length);
      const other = cells.other ? 1n : 0n;
      weights.fill(beside);
      if (variable.split) {
        weights[0] = 1n;
        weights[variable.classes - 1] = beside - 1n + other;
      } else {
        weights[0] += other;
      }
    } else {
      for (const n of remainingOf(knowledge, variable)) weights[n] = 1n;
    }
    return weights;
  };

  // Models: a few conditions over the variables that they share. A variable is a fact with one class for every set of
  // values that these conditions tell apart.

  /** `of` is the class of each cell or option; of a set, class n has the members whose bit is set in n. */
  const variableOf = (place, fact, cells, leaves) => {
    const signatures = [];
    const told = (value) => leaves.map((leaf) => leafHolds(leaf, value));
    const classOf = (value) => {
      const signature = told(value);
      const n = signatures.findIndex((other) => other.join() === signature.join());
      return n < 0 ? signatures.push(signature) - 1 : n;
    };
    const variable = { place, fact };
    if (cells.cells) {
      variable.cells = cells.cells;
      variable.of = cells.cells.map((cell) => classOf(insideOf(cell)));
    } else if (fact.type === "boolean") {
      signatures.push(told(false), told(true));
    } else if (fact.type === "choice") {
      variable.of = fact.options.map((option) => classOf(option.id));
    } else {
      const { members, other } = cut(fact, leaves);
      for (let subset = 0; subset < 2 ** members.length; subset += 1) {
        const ids = members.filter((_, bit) => (subset >> bit) & 1).map((n) => fact.options[n].id);
        signatures.push(told({ members: ids, empty: subset === 0 }));
      }
      if (other) signatures.push(told({ members: [], empty: false }));
      Object.assign(variable, { members, split: other });
    }
    variable.classes = signatures.length;
    variable.tables = leaves.map((_, leaf) => signatures.map((signature) => signature[leaf]));
    return variable;
  };

  const classOfSet = (variable, options) => {
    const bits = variable.members.reduce((sum, n, bit) => sum + (options.includes(n) ? 2 ** bit : 0), 0);
    return bits === 0 && variable.split && options.length ? variable.classes - 1 : bits;
  };

  /** Negation normal form: { atom, positive }, { all } or { any }. */
  const normalForm = (tree, positive, atoms) => {
    if (tree.op === "not") return normalForm(tree.parts[0], !positive, atoms);
    if (!tree.parts) return { atom: atoms.get(nameOf(tree)), positive };
    const parts = tree.parts.map((part) => normalForm(part, positive, atoms));
    return (tree.op === "and") === positive ? { all: parts } : { any: parts };
  };

  const atomsOf = (node) => (node.all ?? node.any)?.flatMap(atomsOf) ?? [node.atom];

  const modelOf = (facts, places, cells, trees) => {
    const byFact = new Map();
    for (const leaf of trees.flatMap(leavesOf)) {
      const place = places.get(leaf.fact);
      const leaves = byFact.get(place) ?? [];
      if (!leaves.some((other) => nameOf(other) === nameOf(leaf))) leaves.push(leaf);
      byFact.set(place, leaves);
    }
    const names = new Map();
    const atoms = [];
    const variables = unique(byFact.keys()).map((place, n) => {
      const leaves = byFact.get(place);
      const variable = variableOf(place, facts[place], cells[place], leaves);
      leaves.forEach((leaf, at) => {
        names.set(nameOf(leaf), atoms.length);
        atoms.push({ variable: n, holds: variable.tables[at] });
      });
      return variable;
    });
    const formulas = trees.map((tree) => {
      const root = normalForm(tree, true, names);
      const reads = atomsOf(root).map((atom) => atoms[atom].variable);
      const own = unique(reads);
      return { root, variables: own, readOnce: own.length === reads.length };
    });
    return { variables, atoms, formulas };
  };

  /** What remains of each variable, and the truth of each atom over it. */
  const knownOf = (model, domains) => ({
    domains,
    atoms: model.atoms.map(({ variable, holds }) => {
      const domain = domains[variable];
      return domain.every((n) => holds[n]) || (domain.some((n) => holds[n]) ? null : false);
    }),
  });

  const isFixed = (known, variable) => known.domains[variable].length === 1;

  /** Kleene's truth of a node, with some variables fixed to a class. */
  const kleene = (model, node, known, fixed) => {
    if (node.atom !== undefined) {
      const { variable, holds } = model.atoms[node.atom];
      const truth = fixed[variable] === FREE ? known.atoms[node.atom] : holds[fixed[variable]];
      return truth === null ? null : truth === node.positive;
    }
    const deciding = Boolean(node.any);
    let truth = !deciding;
    for (const part of node.all ?? node.any) {
      const of = kleene(model, part, known, fixed);
      if (of === deciding) return deciding;
      if (of === null) truth = null;
    }
    return truth;
  };

  /** The exact truth of a formula: over every remaining class of its variables. */
  const truthOf = (model, formula, known) => {
    const fixed = model.variables.map(() => FREE);
    const branch = (depth) => {
      const truth = kleene(model, formula.root, known, fixed);
      const variable = formula.variables[depth];
      if (truth !== null || variable === undefined) return truth;
      let seen;
      for (const n of known.domains[variable]) {
        fixed[variable] = n;
        const one = branch(depth + 1);
        seen = one === null || (seen !== undefined && seen !== one) ? null : one;
        if (seen === null) break;
      }
      fixed[variable] = FREE;
      return seen;
    };
    const quick = kleene(model, formula.root, known, fixed);
    return quick !== null || formula.readOnce ? quick : branch(0);
  };

  // The six rules.

  const rulesOf = (capability, facts, places, cells) => {
    const { statements, staged, options } = capability;
    const has = (list) => statements.some((statement) => statement.list === list);
    const reasons = options.flatMap((option, row) => option.use_when.map(({ when, place }) => ({ row, place, when })));
    return {
      statements,
      decides: has("triggers"),
      staged,
      hasNow: has("now"),
      hasActivate: has("activate_when"),
      model: modelOf(facts, places, cells, statements.map(({ when }) => when)),
      rows: options,
      reasons,
      options: modelOf(facts, places, cells, reasons.map(({ when }) => when)),
    };
  };

  /** The places of the statements of these lists with this truth. */
  const having = (rules, truths, truth, ...lists) =>
    range(truths.length).filter((n) => truths[n] === truth && lists.includes(rules.statements[n].list));

  const applyRules = (rules, truths) => {
    const some = (list, truth) => having(rules, truths, truth, list).length > 0;
    if (some("not_when", true)) return ["skip", "not-when"];
    if (some("later", true)) return ["wait", "later"];
    if (!some("triggers", true)) return [some("triggers", null) ? "open" : "wait", "no-trigger"];
    if (rules.staged) {
      const all = rules.hasActivate && !some("activate_when", false) && !some("activate_when", null);
      return [all ? "adopt" : "prepare", "staged"];
    }
    return !rules.hasNow || some("now", true) ? ["adopt", "now"] : ["consider", "nothing-presses"];
  };

  // What is possible, over all completions. What the rules need of a completion is its outcome: some not-when holds;
  // else some reason to wait does; else a sum of: some trigger holds, some reason to act now does, some condition to
  // activate fails. A set of outcomes is a number with their bits.

  const TRIGGER = 1;
  const NOW = 2;
  const NOT_ACTIVE = 4;
  const LATER = 8;
  const SKIP = 9;
  const LISTS = ["triggers", "now", "activate_when", "later", "not_when"];
  const WHEN_TRUE = { triggers: TRIGGER, now: NOW, later: LATER, not_when: SKIP };

  const contribution = (list, truth) =>
    (truth === true ? WHEN_TRUE[list] : truth === false && list === "activate_when" ? NOT_ACTIVE : 0) ?? 0;
  const join = (a, b) => (Math.max(a, b) >= LATER ? Math.max(a, b) : a | b);
  const either = (list) => (1 << contribution(list, true)) | (1 << contribution(list, false));

  const combine = (a, b) => {
    if (a === 1 || b === 1) return a === 1 ? b : a;
    let all = 0;
    for (let x = 0; x <= SKIP; x += 1) {
      if ((a >> x) & 1) for (let y = 0; y <= SKIP; y += 1) if ((b >> y) & 1) all |= 1 << join(x, y);
    }
    return all;
  };

  const verdictOf = (rules, outcome) => {
    if (outcome === SKIP) return "skip";
    if (outcome === LATER || !(outcome & TRIGGER)) return "wait";
    if (rules.staged) return rules.hasActivate && !(outcome & NOT_ACTIVE) ? "adopt" : "prepare";
    return !rules.hasNow || outcome & NOW ? "adopt" : "consider";
  };

  const verdictsOf = (rules, outcomes) => {
    const found = new Set();
    for (let n = 0; n <= SKIP; n += 1) if ((outcomes >> n) & 1) found.add(verdictOf(rules, n));
    return VERDICTS.filter((verdict) => found.has(verdict));
  };

  /** Whether an undecided statement of a list can change what the others come to. */
  const matters = (list, base, noTrigger) => {
    if (list === "not_when") return base !== SKIP;
    if (base >= LATER || noTrigger) return false;
    if (list === "triggers") return !(base & TRIGGER);
    if (list === "now") return !(base & NOW);
    return list !== "activate_when" || !(base & NOT_ACTIVE);
  };

  /** A walk over the completions of some statements, variable by variable. */
  const searchOf = (rules, known) => {
    const { model } = rules;
    const fixed = model.variables.map(() => FREE);
    const listOf = (n) => rules.statements[n].list;
    const isOpen = (variable) => fixed[variable] === FREE && !isFixed(known, variable);

    /** Groups of statements that share open variables. */
    const split = (statements) => {
      let parts = [];
      for (const n of statements) {
        const open = model.formulas[n].variables.filter(isOpen);
        const [met, apart] = [[], []];
        for (const part of parts) (open.some((variable) => part.open.has(variable)) ? met : apart).push(part);
        const joined = { open: new Set(open), statements: [n] };
        for (const part of met) {
          for (const variable of part.open) joined.open.add(variable);
          joined.statements.push(...part.statements);
        }
        parts = [...apart, joined];
      }
      return parts.map((part) => unique(part.statements)).sort((a, b) => a[0] - b[0]);
    };

    const branch = (statements, base) => {
      const readers = model.variables.map(() => 0);
      for (const n of statements) for (const one of model.formulas[n].variables) if (isOpen(one)) readers[one] += 1;
      const variable = readers.indexOf(Math.max(...readers));
      // More than this cannot come out.
      const limit = LISTS.filter((list) => statements.some((n) => listOf(n) === list)).reduce(
        (all, list) => combine(all, either(list)),
        1 << base,
      );
      let all = 0;
      for (const n of known.domains[variable]) {
        fixed[variable] = n;
        all |= outcomes(statements, base);
        if (all === limit) break;
      }
      fixed[variable] = FREE;
      return all;
    };

    const outcomes = (statements, from) => {
      let base = from;
      let open = [];
      for (const n of statements) {
        const truth = kleene(model, model.formulas[n].root, known, fixed);
        if (truth === null) open.push(n);
        else base = join(base, contribution(listOf(n), truth));
      }
      open = open.filter((n) => matters(listOf(n), base, false));
      if (!open.length) return 1 << base;
      if (open.length === 1) {
        return model.formulas[open[0]].readOnce ? combine(1 << base, either(listOf(open[0]))) : branch(open, base);
      }
      const parts = split(open);
      if (parts.length === 1) return branch(open, base);
      return parts.reduce((all, part) => combine(all, outcomes(part, 0)), 1 << base);
    };

    return {
      split,
      /** The outcomes of statements that hang together, each known to be undecided. */
      undecided: (statements) => (statements.length === 1 ? either(listOf(statements[0])) : branch(statements, 0)),
      withFixed: (statements, variable, n) => {
        fixed[variable] = n;
        const found = outcomes(statements, 0);
        fixed[variable] = FREE;
        return found;
      },
    };
  };

  // The judgement of one capability.

  const judge = (rules, known) => {
    const truths = rules.model.formulas.map((formula) => truthOf(rules.model, formula, known));
    const base = truths.reduce((sum, truth, n) => join(sum, contribution(rules.statements[n].list, truth)), 0);
    const noTrigger = truths.every((truth, n) => truth === false || rules.statements[n].list !== "triggers");
    const open = range(truths.length).filter((n) => truths[n] === null && matters(rules.statements[n].list, base, noTrigger));
    const search = searchOf(rules, known);
    const components = search.split(open).map((statements) => ({ statements, outcomes: search.undecided(statements) }));
    const all = components.reduce((sum, component) => combine(sum, component.outcomes), 1 << base);
    const possible = verdictsOf(rules, all);
    let [verdict, rule] = applyRules(rules, truths);
    const settled = possible.length === 1;
    if (settled ? possible[0] !== verdict : verdict !== "open" && !possible.includes(verdict)) {
      [verdict, rule] = [possible[0], "every-completion"];
    }
    return { truths, base, open, components, possible, verdict, rule, settled };
  };

  /** The judgement if other classes remained of some variables: `steps` are pairs of variable and domain. */
  const judgeWith = (rules, known, steps) => {
    const domains = [...known.domains];
    for (const [variable, domain] of steps) domains[variable] = domain;
    return judge(rules, knownOf(rules.model, domains));
  };

  // Reasons.

  const because = (rules, known, { truths, rule, verdict, open }) => {
    const of = (truth, ...lists) => having(rules, truths, truth, ...lists);
    const activate = () => range(truths.length).filter((n) => rules.statements[n].list === "activate_when");
    switch (rule) {
      case "not-when": return of(true, "not_when");
      case "later": return of(true, "later");
      case "no-trigger": return of(verdict === "open" ? null : false, "triggers");
      case "staged": return unique([...of(true, "triggers"), ...activate()]);
      case "now": return of(true, "triggers", "now");
      case "nothing-presses": return unique([...of(true, "triggers"), ...of(false, "now")]);
    }
    // Every completion: what stands in the way decides first.
    const stops = verdict === "skip" ? ["not_when"] : verdict === "wait" ? ["not_when", "later"] : [];
    const stop = cover(rules, known, of(null, ...stops));
    if (stop) return stop;
    if (stops.length) return of(null, "triggers", "not_when", "later");
    const found = ["triggers", "now"].flatMap((list) => {
      const holding = of(true, list);
      return holding.length ? holding : (cover(rules, known, of(null, list)) ?? []);
    });
    found.push(...activate());
    return unique(found.length ? found : open);
  };

  const against = (rules, { truths, verdict }) =>
    ["skip", "wait"].includes(verdict) ? ["triggers", "now"].flatMap((list) => having(rules, truths, true, list)) : [];

  /** The fewest of these statements of which one holds in every completion; undefined if none need hold. */
  const cover = (rules, known, statements) => {
    const { model } = rules;
    const fixed = model.variables.map(() => FREE);
    const canAllFail = (group) => {
      let open;
      for (const n of group) {
        const truth = kleene(model, model.formulas[n].root, known, fixed);
        if (truth === true) return false;
        if (truth === null) open ??= n;
      }
      if (open === undefined) return true;
      const variable = model.formulas[open].variables.find((one) => fixed[one] === FREE && !isFixed(known, one));
      const found = known.domains[variable].some((n) => {
        fixed[variable] = n;
        return canAllFail(group);
      });
      fixed[variable] = FREE;
      return found;
    };
    if (canAllFail(statements)) return undefined;
    let group = statements;
    for (const n of [...statements].reverse()) {
      const fewer = group.filter((one) => one !== n);
      if (!canAllFail(fewer)) group = fewer;
    }
    return group;
  };

  // Ways: the answers that make statements hold or fail. Steps are pairs of variable and domain, ascending.

  const within = (a, b) => a.every((n) => b.includes(n));
  const byLength = (a, b) => a.length - b.length;

  /** Every way to make all of these statements what they are to be, fewest variables first. */
  const waysTo = (model, goals, domains) => {
    let all = goals.reduce((sum, [n, holds]) => both(sum, waysOf(model, model.formulas[n].root, holds, domains)), [[]]);
    // Ways that need one and the same fact are one: "below 3 or above 10".
    for (let at = 0; at < all.length; at += 1) {
      const [[variable] = []] = all[at];
      if (all[at].length !== 1 || model.variables[variable].members) continue;
      const same = (steps, n) => n >= at && steps.length === 1 && steps[0][0] === variable;
      const joined = unique(all.filter(same).flatMap((steps) => steps[0][1]));
      all = all.filter((steps, n) => n === at || !same(steps, n));
      all[at] = [[variable, joined]];
    }
    all = all.map((steps) => steps.filter(([variable, domain]) => domain.length !== domains[variable].length)).sort(byLength);
    const isWider = (wide, narrow) =>
      wide.every(([variable, domain]) => narrow.some(([other, own]) => other === variable && within(own, domain)));
    const kept = [];
    for (const steps of all) if (!kept.some((one) => isWider(one, steps))) kept.push(steps);
    return kept;
  };

  const waysOf = (model, node, holds, domains) => {
    if (node.atom !== undefined) {
      const { variable, holds: table } = model.atoms[node.atom];
      const wanted = node.positive === holds;
      const domain = domains[variable].filter((n) => table[n] === wanted);
      return domain.length ? [[[variable, domain]]] : [];
    }
    const parts = (node.all ?? node.any).map((part) => () => waysOf(model, part, holds, domains));
    if (Boolean(node.all) === holds) return parts.reduce((all, part) => both(all, part()), [[]]);
    return parts.flatMap((part) => part()).sort(byLength).slice(0, MOST_WAYS);
  };

  /** Every way of the one together with every way of the other, where they do not contradict each other. */
  const both = (a, b) => {
    const all = new Map();
    for (const x of a) {
      for (const y of b) {
        const steps = new Map(x);
        for (const [variable, domain] of y) {
          steps.set(variable, steps.has(variable) ? steps.get(variable).filter((n) => domain.includes(n)) : domain);
        }
        const met = [...steps].sort(([p], [q]) => p - q);
        const name = JSON.stringify(met);
        if (met.every(([, domain]) => domain.length) && !all.has(name)) all.set(name, met);
      }
    }
    return [...all.values()].sort(byLength).slice(0, MOST_WAYS);
  };

  /** Runs of neighbouring cells, each joined to one. */
  const runsOf = (cells, holds) => {
    const found = [];
    cells.forEach((cell, n) => {
      if (!holds(n)) return;
      if (n > 0 && holds(n - 1)) Object.assign(found.at(-1), { max: cell.max, max_open: cell.max_open });
      else found.push({ ...cell });
    });
    return found;
  };

  /** What an answer must be to leave these classes: { boolean }, { numbers }, { options } or { with, without, empty }. */
  const neededOf = (variable, domain, knowledge) => {
    const { fact } = variable;
    if (fact.type === "boolean") return { boolean: domain.includes(1) };
    if (variable.cells) {
      const { first = 0, last = variable.cells.length - 1 } = knowledge;
      return { numbers: runsOf(variable.cells, (n) => first <= n && n <= last && domain.includes(variable.of[n])) };
    }
    if (fact.type === "choice") {
      const remains = (n) => knowledge.kind !== "options" || knowledge.options.includes(n);
      return { options: fact.options.filter((_, n) => domain.includes(variable.of[n]) && remains(n)).map(({ id }) => id) };
    }
    const { members, split } = variable;
    const exact = split || members.length === fact.options.length;
    if (exact && domain.length === 1 && domain[0] === 0) return { with: [], without: [], empty: true };
    const subset = (n) => (split && n === variable.classes - 1 ? 0 : n);
    const all = (yes) =>
      members.filter((_, bit) => domain.every((n) => Boolean((subset(n) >> bit) & 1) === yes)).map((n) => fact.options[n].id);
    const needed = { with: all(true), without: all(false), empty: null };
    if (exact && !needed.with.length && !domain.includes(0)) needed.empty = false;
    return needed;
  };

  // What would change the verdict.

  /** One capability with what is known of it, for the functions below. */
  const viewOf = (rules, known, judgement, knowledge) => ({
    rules,
    known,
    judgement,
    knowledge,
    wayOf: (steps, inside) =>
      steps.map(([at, domain]) => {
        const variable = rules.model.variables[at];
        const about = inside ? knowledge[variable.place] : { kind: "absent" };
        return { fact: variable.fact.id, ...neededOf(variable, domain, about) };
      }),
    state: (n, truth) => ({ statement: n, truth }),
  });

  const unless = (view) => {
    const { rules, judgement, known } = view;
    if (judgement.settled) return [];
    const { open, verdict } = judgement;
    const of = (list) => open.filter((n) => rules.statements[n].list === list);
    const lastTrigger = verdict === "open" && of("triggers").length === 1;
    const goals = open.flatMap((n) => {
      const { list } = rules.statements[n];
      const fails = list === "activate_when" || (list === "triggers" && lastTrigger);
      return fails ? [[[n, true]], [[n, false]]] : [[[n, true]]];
    });
    const activate = of("activate_when");
    if (activate.length > 1) goals.push(activate.map((n) => [n, true]));
    let found = goals.flatMap((goal) => {
      const entries = [];
      for (const steps of waysTo(rules.model, goal, known.domains)) {
        const then = judgeWith(rules, known, steps);
        if (then.verdict === verdict) continue;
        const way = view.wayOf(steps, true);
        const same = entries.find((entry) => entry.to === then.verdict);
        if (same) {
          same.settled &&= then.settled;
          same.ways.push(way);
        } else {
          const statements = goal.map(([n, holds]) => view.state(n, holds));
          entries.push({ statements, to: then.verdict, settled: then.settled, ways: [way] });
        }
      }
      return entries;
    });
    if (!found.length) found = byCompletion(view);
    const fewest = (entry) => Math.min(...entry.ways.map((way) => way.length));
    return found.sort((a, b) => UNLESS_ORDER.indexOf(a.to) - UNLESS_ORDER.indexOf(b.to) || fewest(a) - fewest(b));
  };

  /** A completion with another verdict, stripped of every answer that it does not need. */
  const byCompletion = (view) => {
    const other = otherCompletion(view, view.known.domains);
    if (!other) return [];
    const { steps, then } = other;
    const { truths } = view.judgement;
    const statements = range(truths.length).filter((n) => truths[n] === null && then.truths[n] !== null);
    return [
      {
        statements: statements.map((n) => view.state(n, then.truths[n])),
        to: then.verdict,
        settled: then.settled,
        ways: [view.wayOf(steps, true)],
      },
    ];
  };

  const otherCompletion = ({ rules, known, judgement }, domains) => {
    const differs = (steps) => judgeWith(rules, known, steps).possible.some((verdict) => verdict !== judgement.verdict);
    let steps = domains.map((domain, variable) => [variable, domain]);
    if (!differs(steps)) return null;
    domains.forEach((domain, variable) => {
      for (const n of domain) {
        steps[variable] = [variable, [n]];
        if (differs(steps)) break;
      }
    });
    for (let at = 0; at < steps.length; ) {
      const fewer = steps.filter((_, n) => n !== at);
      if (judgeWith(rules, known, fewer).verdict !== judgement.verdict) steps = fewer;
      else at += 1;
    }
    const then = judgeWith(rules, known, steps);
    return then.verdict === judgement.verdict ? null : { steps, then };
  };

  /** Every single change of a known fact that changes the verdict: { fact, to, settled } with what is needed, or which
      members `add` or `remove` does it. */
  const flips = ({ rules, known, judgement, knowledge }) =>
    rules.model.variables.flatMap((variable, at) => {
      const { fact } = variable;
      const has = knowledge[variable.place];
      const judged = [];
      const other = (n) => {
        judged[n] ??= judgeWith(rules, known, [[at, [n]]]);
        return judged[n].verdict === judgement.verdict ? null : judged[n];
      };
      const found = [];
      const add = (key, id, then) => {
        const same = found.find((flip) => flip[key] && flip.to === then.verdict && flip.settled === then.settled);
        if (same) same[key].push(id);
        else found.push({ fact: fact.id, [key]: [id], to: then.verdict, settled: then.settled });
      };
      if (has.kind === "boolean") {
        const then = other(has.value ? 0 : 1);
        if (then) found.push({ fact: fact.id, boolean: !has.value, to: then.verdict, settled: then.settled });
      } else if (has.kind === "cells") {
        const cells = range(variable.cells.length);
        for (const side of [cells.slice(0, has.first).reverse(), cells.slice(has.last + 1)]) {
          const start = side.findIndex((n) => other(variable.of[n]));
          if (start < 0) continue;
          const then = other(variable.of[side[start]]);
          const same = (n) => {
            const one = other(variable.of[n]);
            return one?.verdict === then.verdict && one.settled === then.settled;
          };
          const end = side.findIndex((n, place) => place > start && !same(n));
          const run = side.slice(start, end < 0 ? side.length : end);
          const numbers = runsOf(variable.cells, (n) => run.includes(n));
          found.push({ fact: fact.id, numbers, to: then.verdict, settled: then.settled });
        }
      } else if (has.kind === "options") {
        fact.options.forEach(({ id }, n) => {
          const then = has.options.includes(n) ? null : other(variable.of[n]);
          if (then) add("options", id, then);
        });
      } else if (has.kind === "set") {
        fact.options.forEach(({ id }, n) => {
          const isIn = has.options.includes(n);
          const changed = isIn ? has.options.filter((one) => one !== n) : [...has.options, n];
          const then = other(classOfSet(variable, changed));
          if (then) add(isIn ? "remove" : "add", id, then);
        });
      }
      return found;
    });

  /** Groups of decided statements whose change, by the rules, takes the verdict away: what each would have to be. */
  const groupsOf = (rules, { truths, verdict }) => {
    const of = (list, truth) => having(rules, truths, truth, list);
    const all = (list, holds) => list.map((n) => [n, holds]);
    const each = (list, holds) => of(list, !holds).map((n) => [[n, holds]]);
    const triggers = of("triggers", true);
    const groups = [];
    if (verdict === "skip") {
      groups.push(all(of("not_when", true), false));
    } else if (verdict === "wait") {
      const later = all(of("later", true), false);
      if (triggers.length) groups.push(later);
      else groups.push(...of("triggers", false).map((n) => [...later, [n, true]]));
    } else {
      groups.push(all(triggers, false));
    }
    if (verdict === "adopt") groups.push(all(of("now", true), false), ...each("activate_when", false));
    if (verdict === "consider") groups.push(...each("now", true));
    if (verdict === "prepare") groups.push(all(of("activate_when", false), true));
    if (verdict !== "skip") groups.push(...each("not_when", true));
    if (verdict !== "skip" && verdict !== "wait") groups.push(...each("later", true));
    return groups.filter((group) => group.length).sort(byLength);
  };

  /** The fewest deciding statements that must all change, with answers that change them; null where nothing does. */
  const flipsTogether = (view) => {
    const { rules, known, judgement } = view;
    const { truths } = judgement;
    const free = rules.model.variables.map((variable) => range(variable.classes));
    const made = (statements, steps, then) => ({
      statements: statements.map((n) => view.state(n, truths[n])),
      way: view.wayOf(steps, false),
      to: then.verdict,
      settled: then.settled,
    });
    for (const group of groupsOf(rules, judgement)) {
      for (const all of waysTo(rules.model, group, free)) {
        // What is so already need not change.
        const steps = all.filter(([variable, domain]) => !within(known.domains[variable], domain));
        const then = judgeWith(rules, known, steps);
        if (then.verdict !== judgement.verdict) return made(group.map(([n]) => n), steps, then);
      }
    }
    const other = otherCompletion(view, free);
    if (!other) return null;
    const changed = range(truths.length).filter((n) => truths[n] !== null && other.then.truths[n] !== truths[n]);
    return made(changed, other.steps, other.then);
  };

  // Across capabilities.

  /** Exact fractions of 0 or more: pairs of numerator and denominator. */
  const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
  const compare = ([a, b], [c, d]) => (a * d > c * b ? 1 : a * d < c * b ? -1 : 0);

  const nextQuestions = (judged, knowledge, cells, facts) => {
    const tallies = new Map();
    for (const { rules, known, judgement } of judged) {
      if (!rules.decides || judgement.settled) continue;
      const { formulas, variables } = rules.model;
      const before = judgement.possible.length;
      const noTrigger = !having(rules, judgement.truths, true, "triggers").length;
      const search = searchOf(rules, known);
      judgement.components.forEach((component, at) => {
        const beside = judgement.components.reduce(
          (all, other, n) => (n === at ? all : combine(all, other.outcomes)),
          1 << judgement.base,
        );
        for (const own of unique(component.statements.flatMap((n) => formulas[n].variables))) {
          const { place } = variables[own];
          if (isFixed(known, own) || knowledge[place].kind === "unknown") continue;
          const tally = tallies.get(place) ?? { drop: 0n, relevant: 0n, touches: 0, could_settle: 0, share: [0n, 1n] };
          tallies.set(place, tally);
          tally.touches += 1;
          const weights = weightsOf(knowledge[place], variables[own], cells[place]);
          let settles = false;
          for (const n of known.domains[own]) {
            const outcomes = combine(beside, search.withFixed(component.statements, own, n));
            const after = verdictsOf(rules, outcomes).length;
            tally.drop += weights[n] * BigInt(Math.max(0, before - after));
            settles ||= after === 1;
          }
          if (settles) tally.could_settle += 1;
          const readers = component.statements.filter((n) => formulas[n].variables.includes(own));
          if (noTrigger && readers.some((n) => rules.statements[n].list === "triggers")) tally.relevant += 1n;
          for (const n of readers) {
            const unknown = formulas[n].variables.filter((one) => !isFixed(known, one)).length;
            tally.share = plus(tally.share, [1n, BigInt(unknown)]);
          }
        }
      });
    }
    const found = [...tallies].map(([place, { drop, relevant, touches, could_settle, share }]) => {
      const count = countOf(knowledge[place], cells[place]);
      return { place, touches, could_settle, share, gain: [2n * drop + relevant * count, 2n * count] };
    });
    const noneGains = found.every(({ gain }) => gain[0] === 0n);
    const worth = (one) => (noneGains ? one.share : one.gain);
    found.sort((a, b) => compare(worth(b), worth(a)) || b.touches - a.touches || a.place - b.place);
    return found.map(({ place, touches, could_settle }) => ({ fact: facts[place].id, touches, could_settle }));
  };

  /** What to adopt, prepare or consider, first things first. */
  const orderOf = (capabilities, assessed) => {
    const places = new Map(capabilities.map(({ id }, n) => [id, n]));
    const below = (n, found = new Set()) => {
      for (const id of capabilities[n].builds_on) {
        const at = places.get(id);
        if (at === undefined || at === n || found.has(at)) continue;
        found.add(at);
        below(at, found);
      }
      return found;
    };
    const rank = (n) => VERDICTS.indexOf(assessed[n].verdict);
    const left = range(capabilities.length)
      .filter((n) => ["adopt", "prepare", "consider"].includes(assessed[n].verdict))
      .sort((a, b) => rank(a) - rank(b) || capabilities[a].rank - capabilities[b].rank || a - b);
    const order = [];
    while (left.length) {
      const ready = left.findIndex((n) => !left.some((other) => other !== n && below(n).has(other)));
      order.push(...left.splice(Math.max(0, ready), 1));
    }
    return order.map((n) => capabilities[n].id);
  };

  const fitsOf = (rules, known) => {
    const truths = rules.options.formulas.map((formula) => truthOf(rules.options, formula, known));
    return rules.rows.map(({ prose, use_when }, row) => {
      const own = truths.filter((_, n) => rules.reasons[n].row === row);
      let fit = "undecided";
      if (own.includes(true)) fit = "fits";
      else if (use_when.length && !prose && own.every((truth) => truth === false)) fit = "does-not-fit";
      return { row, fit, truths: own };
    });
  };

  const assessCapability = (rules, known, judgement, knowledge) => {
    const options = fitsOf(rules, knownOf(rules.options, rules.options.variables.map((one) => remainingOf(knowledge[one.place], one))));
    const { truths, verdict, rule, settled, possible } = judgement;
    if (!rules.decides) {
      return { verdict: null, rule: null, settled: false, possible: [], truths, because: [], against: [], unless: [], flips: [], flips_together: null, options };
    }
    const view = viewOf(rules, known, judgement, knowledge);
    const single = flips(view);
    return {
      verdict,
      rule,
      settled,
      possible,
      truths,
      because: because(rules, known, judgement),
      against: against(rules, judgement),
      unless: unless(view),
      flips: single,
      flips_together: settled && !single.length ? flipsTogether(view) : null,
      options,
    };
  };

  /** Compiles the published rules once; what comes back assesses profiles. */
  const compile = ({ facts, capabilities }) => {
    const places = new Map(facts.map(({ id }, n) => [id, n]));
    const trees = capabilities.flatMap(({ statements, prepare, options }) => [
      ...[...statements, ...options.flatMap((option) => option.use_when)].map(({ when }) => when),
      ...prepare,
    ]);
    const leaves = facts.map(() => []);
    for (const leaf of trees.flatMap(leavesOf)) leaves[places.get(leaf.fact)].push(leaf);
    const cells = facts.map((fact, n) => cut(fact, leaves[n]));
    const compiled = capabilities.map((capability) => rulesOf(capability, facts, places, cells));

    const judgeAll = (profile) => {
      const knowledge = facts.map((fact, n) => knowledgeOf(fact, cells[n], profile[fact.id]));
      const judged = compiled.map((rules) => {
        const known = knownOf(rules.model, rules.model.variables.map((one) => remainingOf(knowledge[one.place], one)));
        return { rules, known, judgement: judge(rules, known) };
      });
      return { knowledge, judged };
    };

    /** The whole assessment. Of statements it gives their places among the capability's `statements`. */
    const assess = (profile) => {
      const { knowledge, judged } = judgeAll(profile);
      const assessed = judged.map(({ rules, known, judgement }) => assessCapability(rules, known, judgement, knowledge));
      const questions = nextQuestions(judged, knowledge, cells, facts);
      const settled = assessed.every((one) => one.settled || one.verdict === null);
      return {
        capabilities: assessed,
        progress: settled ? "settled" : questions.length ? "asking" : "exhausted",
        next_questions: questions,
        order: orderOf(capabilities, assessed),
      };
    };

    /** Verdicts alone, in the order of the capabilities: { verdict, settled }. Guidance only has none. */
    const verdicts = (profile) =>
      judgeAll(profile).judged.map(({ rules, judgement: { verdict, settled } }) =>
        rules.decides ? { verdict, settled } : { verdict: null, settled: false },
      );

    return { assess, verdicts };
  };

  (globalThis.worthwhile ??= {}).engine = { VERDICTS, compile, faultOf, isOrdered };
})();
