// Three-valued truth: conditions compiled over the variables that they share.
//
// A truth is true, false or null for unknown. A domain is the list of classes that remain of a variable, ascending.
(() => {
  "use strict";

  const { unique, leavesOf, nameOf, leafHolds, cut, insideOf } = worthwhile.engine;
  // A variable that is not fixed to a class.
  const FREE = -1;

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

  Object.assign(worthwhile.engine, { FREE, modelOf, knownOf, isFixed, kleene, truthOf });
})();
