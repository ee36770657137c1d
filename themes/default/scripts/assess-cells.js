// Facts: the cells into which conditions cut their values, and what a profile leaves open of them.
//
// A profile maps ids of facts to answers: true or false, a number, { min, max }, the id of an option (of a choice, a
// list of ids: one of these), a list of ids (of a set: exactly these), or null for "I don't know".
(() => {
  "use strict";

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

  const classOfSet = (variable, options) => {
    const bits = variable.members.reduce((sum, n, bit) => sum + (options.includes(n) ? 2 ** bit : 0), 0);
    return bits === 0 && variable.split && options.length ? variable.classes - 1 : bits;
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

  (globalThis.worthwhile ??= {}).engine = {
    unique, leavesOf, nameOf, leafHolds, cut, insideOf, range, classOfSet, knowledgeOf, countOf, remainingOf,
    weightsOf, faultOf, isOrdered,
  };
})();
