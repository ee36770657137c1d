// The assessment in the browser's language: the same as the program's, vector by vector; and by brute force.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plain, worthwhile } from './lib/scripts.js';
import { files, readText } from './lib/site.js';

const { engine } = worthwhile(['assess-engine.js']);
const sites = JSON.parse(readFileSync(new URL('../vectors/assess.json', import.meta.url)));
const each = (look) => {
  for (const [n, { rules, vectors }] of sites.entries()) {
    const compiled = engine.compile(rules);
    for (const [m, { profile, assessment }] of vectors.entries()) look({ rules, compiled, profile, assessment, name: `site ${n}, profile ${m}` });
  }
};

test('every vector: the same assessment as the program', () => {
  let count = 0;
  each(({ compiled, profile, assessment, name }) => {
    assert.deepEqual(plain(compiled.assess(profile)), assessment, name);
    count += 1;
  });
  assert.ok(count >= 100, `${count} vectors`);
});

test('verdicts alone are those of the whole assessment', () =>
  each(({ compiled, profile, assessment, name }) => {
    const expected = assessment.capabilities.map(({ verdict, settled }) => ({ verdict, settled }));
    assert.deepEqual(plain(compiled.verdicts(profile)), expected, name);
  }));

/** Values that reach every cell of the facts of the vectors. */
const VALUES = {
  boolean: [false, true],
  integer: [...Array(12).keys()],
  number: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 4, 5, 9, 20],
};
const valuesOf = (fact) => {
  const ids = (fact.options ?? []).map(({ id }) => id);
  if (fact.type === 'choice') return ids;
  if (fact.type === 'choices') return [...Array(2 ** ids.length).keys()].map((bits) => ids.filter((_, bit) => (bits >> bit) & 1));
  return VALUES[fact.type];
};
const allows = (answer, value, fact) => {
  if (answer === undefined || answer === null) return true;
  if (fact.type === 'choices') return String([...answer].sort()) === String([...value].sort());
  if (Array.isArray(answer)) return answer.includes(value);
  if (typeof answer === 'object') return value >= (answer.min ?? -Infinity) && value <= (answer.max ?? Infinity);
  return answer === value;
};

const factsOf = (tree) => (tree.parts ? tree.parts.flatMap(factsOf) : [tree.fact]);

test('possible is what brute force finds, over all completions', () => {
  let looked = 0;
  each(({ rules, compiled, profile, assessment, name }) => {
    rules.capabilities.forEach((capability, at) => {
      const read = new Set(capability.statements.flatMap(({ when }) => factsOf(when)));
      const facts = rules.facts.filter(({ id }) => read.has(id));
      const choices = facts.map((fact) => valuesOf(fact).filter((value) => allows(profile[fact.id], value, fact)));
      const size = choices.reduce((product, { length }) => product * length, 1);
      if (size === 0 || size > 300 || assessment.capabilities[at].verdict === null) return;
      looked += 1;
      const found = new Set();
      for (let n = 0; n < size; n += 1) {
        let rest = n;
        const completion = {};
        facts.forEach(({ id }, place) => {
          completion[id] = choices[place][rest % choices[place].length];
          rest = Math.floor(rest / choices[place].length);
        });
        found.add(compiled.verdicts(completion)[at].verdict);
      }
      assert.deepEqual([...found].sort(), [...assessment.capabilities[at].possible].sort(), `${name}, ${capability.id}`);
    });
  });
  assert.ok(looked > 50, `${looked} looked at`);
});

/** An answer that a need asks for, beside what is answered already. */
const answerFor = (need, fact, before) => {
  if (need.boolean !== undefined) return need.boolean;
  if (need.options) return need.options[0];
  if (need.numbers) {
    const { min, min_open, max, max_open } = need.numbers[0];
    if (!min_open) return min;
    if (max === null) return min + 1;
    return max_open ? (min + max) / 2 : max;
  }
  if (need.add) return [...before, need.add[0]];
  if (need.remove) return before.filter((id) => id !== need.remove[0]);
  if (need.empty === true) return [];
  if (need.empty === false && !need.with.length) return [fact.options.map(({ id }) => id).find((id) => !need.without.includes(id))];
  return need.with;
};

test('invariants: the verdict is possible, unless is never empty, every flip flips, knowing more never adds a verdict', () =>
  each(({ rules, compiled, profile, name }) => {
    const assessment = compiled.assess(profile);
    const factOf = (id) => rules.facts.find((fact) => fact.id === id);
    assessment.capabilities.forEach((found, at) => {
      const where = `${name}, ${rules.capabilities[at].id}`;
      if (found.verdict === null) return;
      assert.ok(found.verdict === 'open' || found.possible.includes(found.verdict), where);
      assert.equal(found.settled, found.possible.length === 1, where);
      assert.ok(found.settled || found.unless.length > 0, `${where}: nothing would change it`);
      for (const flip of found.flips) {
        const changed = { ...profile, [flip.fact]: answerFor(flip, factOf(flip.fact), profile[flip.fact]) };
        assert.equal(compiled.verdicts(changed)[at].verdict, flip.to, `${where}: ${JSON.stringify(flip)}`);
      }
    });
    const [next] = assessment.next_questions;
    for (const value of next ? valuesOf(factOf(next.fact)).filter((one) => allows(profile[next.fact], one, factOf(next.fact))) : []) {
      const then = compiled.assess({ ...profile, [next.fact]: value });
      then.capabilities.forEach(({ possible }, at) => {
        assert.ok(possible.every((one) => assessment.capabilities[at].possible.includes(one)), `${name}: ${next.fact} = ${value}`);
      });
    }
  }));

test('the cases of the site get their verdicts, and an interview from nothing ends', () => {
  const file = files().find((name) => /^assets\/rules\..*\.js$/.test(name));
  const { rules } = worthwhile([], readText(file));
  const compiled = engine.compile(rules);
  assert.ok(rules.cases.length >= 3);
  for (const { id, facts } of rules.cases) {
    const page = JSON.parse(readText(`api/v1/cases/${id}.json`)).item;
    const verdicts = compiled.verdicts(facts).map(({ verdict }) => verdict);
    const places = new Map(rules.capabilities.map((capability, at) => [capability.id, at]));
    assert.ok(page.expect.length > 0);
    for (const { capability, verdicts: expected } of page.expect) {
      assert.ok(expected.includes(verdicts[places.get(capability.id ?? capability)]), `${id}: ${JSON.stringify(capability)}`);
    }
    const profile = {};
    let asked = 0;
    for (; asked < 100; asked += 1) {
      const { next_questions: [next], progress } = compiled.assess(profile);
      if (!next) {
        assert.notEqual(progress, 'asking');
        break;
      }
      profile[next.fact] = facts[next.fact] ?? null;
    }
    assert.ok(asked < 40, `${id}: ${asked} questions`);
    assert.deepEqual(plain(compiled.verdicts(profile).map(({ verdict }) => verdict)), plain(verdicts), id);
  }
});
