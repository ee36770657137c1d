// The assessment: what is worthwhile for the situation that a profile describes. The same algorithm as the program's
// (src/assess): pure, no document, no clock. Both replay the same vectors. It stands on assess-cells, assess-models,
// assess-judgement and assess-changes.
(() => {
  "use strict";

  const {
    range, unique, leavesOf, cut, knowledgeOf, countOf, remainingOf, weightsOf, knownOf, isFixed, truthOf, VERDICTS,
    rulesOf, having, combine, verdictsOf, searchOf, judge, because, against, viewOf, unless, flips, flipsTogether,
  } = worthwhile.engine;
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

    // What was found last: a capability is judged again only when the answer to a fact that it reads has changed.
    const answers = facts.map(() => "");
    const knowledge = [];
    const judged = [];

    const judgeAll = (profile) => {
      const changed = new Set();
      facts.forEach((fact, n) => {
        const answer = JSON.stringify(profile[fact.id]);
        if (answers[n] === answer) return;
        answers[n] = answer;
        knowledge[n] = knowledgeOf(fact, cells[n], profile[fact.id]);
        changed.add(n);
      });
      compiled.forEach((rules, n) => {
        const { model, options } = rules;
        if (judged[n] && ![...model.variables, ...options.variables].some(({ place }) => changed.has(place))) return;
        const known = knownOf(model, model.variables.map((one) => remainingOf(knowledge[one.place], one)));
        judged[n] = { rules, known, judgement: judge(rules, known) };
      });
      return judged;
    };

    /** The whole assessment. Of statements it gives their places among the capability's `statements`. What has not
        changed of a capability since the last assessment is the same object. */
    const assess = (profile) => {
      const assessed = judgeAll(profile).map((one) => (one.found ??= assessCapability(one.rules, one.known, one.judgement, knowledge)));
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
      judgeAll(profile).map(({ rules, judgement: { verdict, settled } }) =>
        rules.decides ? { verdict, settled } : { verdict: null, settled: false },
      );

    return { assess, verdicts };
  };

  Object.assign(worthwhile.engine, { compile });
})();
