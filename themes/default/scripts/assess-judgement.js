// The verdict of one capability, what else is possible, and the reasons.
(() => {
  "use strict";

  const { range, unique, FREE, modelOf, knownOf, isFixed, kleene, truthOf } = worthwhile.engine;
  // As readers see them.
  const VERDICTS = ["adopt", "prepare", "consider", "wait", "skip", "open"];

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

  /** A class of each variable with which every statement is what it is to be; undefined if there is none. */
  const witness = ({ model }, known, goals) => {
    const fixed = model.variables.map(() => FREE);
    const search = () => {
      let open;
      for (const [n, holds] of goals) {
        const truth = kleene(model, model.formulas[n].root, known, fixed);
        if (truth === !holds) return false;
        if (truth === null) open ??= n;
      }
      const variable = model.formulas[open]?.variables.find((one) => fixed[one] === FREE && !isFixed(known, one));
      if (variable === undefined) return true;
      const found = known.domains[variable].some((n) => {
        fixed[variable] = n;
        return search();
      });
      if (!found) fixed[variable] = FREE;
      return found;
    };
    return search() ? fixed : undefined;
  };

  /** The fewest of these statements of which one holds in every completion; undefined if none need hold. */
  const cover = (rules, known, statements) => {
    const canAllFail = (group) => witness(rules, known, group.map((n) => [n, false]));
    if (canAllFail(statements)) return undefined;
    let group = statements;
    for (const n of [...statements].reverse()) {
      const fewer = group.filter((one) => one !== n);
      if (!canAllFail(fewer)) group = fewer;
    }
    return group;
  };

  Object.assign(worthwhile.engine, {
    judgeWith, witness, VERDICTS, rulesOf, having, combine, verdictsOf, searchOf, judge, because, against,
  });
})();
