// What would change a verdict: unknown answers that would, and known ones that would have to be others.
(() => {
  "use strict";

  const { range, unique, classOfSet, FREE, knownOf, truthOf, judgeWith, witness } = worthwhile.engine;
  const UNLESS_ORDER = ["skip", "wait", "adopt", "prepare", "consider", "open"];
  const MOST_WAYS = 64;

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
    if (!found.length) {
      // The fewest that only change it together.
      const several = together(view, known.domains);
      if (several) found = [made(several, several.group.map(([n, holds]) => view.state(n, holds)), { ways: [view.wayOf(several.steps, true)] })];
    }
    const fewest = (entry) => Math.min(...entry.ways.map((way) => way.length));
    return found.sort((a, b) => UNLESS_ORDER.indexOf(a.to) - UNLESS_ORDER.indexOf(b.to) || fewest(a) - fewest(b));
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

  /** Groups of statements and what each must be: the verdict is another exactly in the completions that meet one. */
  const leaving = ({ statements, staged, hasNow, hasActivate }, verdict) => {
    const all = (list, holds) => range(statements.length).filter((n) => statements[n].list === list).map((n) => [n, holds]);
    const each = (list, holds) => all(list, holds).map((one) => [one]);
    if (verdict === "skip") return [all("not_when", false)];
    const groups = each("not_when", true);
    if (verdict === "wait") return [...groups, ...each("triggers", true).map((one) => [...one, ...all("later", false)])];
    groups.push(...each("later", true), all("triggers", false));
    if (verdict === "adopt" && staged) groups.push(...each("activate_when", false));
    else if (verdict === "adopt" && hasNow) groups.push(all("now", false));
    else if (verdict === "prepare" && hasActivate) groups.push(all("activate_when", true));
    else if (verdict === "consider") groups.push(...each("now", true));
    return groups;
  };

  /** Of all that brings another verdict within these domains, what changes the fewest statements that are decided now:
      { group, steps, then }, or undefined. */
  const together = ({ rules, known, judgement }, domains) => {
    const { model } = rules;
    const { truths, verdict } = judgement;
    const isLeft = ([n, holds]) => truths[n] !== holds;
    const changed = (group) => group.filter(([n, holds]) => truths[n] === !holds).length;
    const free = knownOf(model, domains);
    // What is so already need not change.
    const needed = (steps) => steps.filter(([variable, domain]) => !within(known.domains[variable], domain));
    const isMet = (group, steps) => {
      const after = [...known.domains];
      for (const [variable, domain] of steps) after[variable] = domain;
      const then = knownOf(model, after);
      return group.every(([n, holds]) => truthOf(model, model.formulas[n], then) === holds);
    };
    const groups = leaving(rules, verdict).map((group) => ({ group, goals: group.filter(isLeft), changed: changed(group) }));
    for (const { group, goals } of groups.sort((a, b) => a.changed - b.changed || byLength(a.goals, b.goals))) {
      for (const way of waysTo(model, goals, domains)) {
        const steps = needed(way);
        if (isMet(group, steps)) return { group: goals, steps, then: judgeWith(rules, known, steps) };
      }
      const found = witness(rules, free, group);
      if (!found) continue;
      let steps = needed(found.map((n, variable) => [variable, n === FREE ? domains[variable] : [n]]));
      for (let at = 0; at < steps.length; ) {
        const fewer = steps.filter((_, n) => n !== at);
        if (isMet(group, fewer)) steps = fewer;
        else at += 1;
      }
      return { group: goals, steps, then: judgeWith(rules, known, steps) };
    }
  };

  const made = ({ then: { verdict, settled } }, statements, how) => ({ statements, to: verdict, settled, ...how });

  /** The fewest decided statements that must all change, with answers that change them; null where nothing does. */
  const flipsTogether = (view) => {
    const { truths } = view.judgement;
    const found = together(view, view.rules.model.variables.map((variable) => range(variable.classes)));
    if (!found) return null;
    const decided = found.group.filter(([n]) => truths[n] !== null).map(([n]) => view.state(n, truths[n]));
    return made(found, decided, { way: view.wayOf(found.steps, false) });
  };

  Object.assign(worthwhile.engine, { viewOf, unless, flips, flipsTogether });
})();
