// The published conformance vectors, by the page's own script in Chromium and by an independent CEL engine.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { evaluate } from '@marcbachmann/cel-js';
import { fileUrl, launch, open } from './lib/browser.js';
import { SITE, readText } from './lib/site.js';

const read = (name) => JSON.parse(readText(`conformance/v1/${name}.json`));
const conditions = read('conditions');
const opsOf = (tree) => [tree.op, ...(tree.parts ?? []).flatMap(opsOf)];
const factsOf = (tree) => (tree.parts ? tree.parts.flatMap(factsOf) : [tree.fact]);

let browser;
let page;
before(async () => {
  browser = await launch();
  ({ page } = await open(browser));
  await page.goto(`${fileUrl(SITE)}assess.html`);
});
after(() => browser.close());

/** An answer as the page holds it; null is "I don't know". */
const held = ({ boolean, number, range, option, one_of, set }) => boolean ?? number ?? range ?? option ?? one_of ?? set ?? null;
const profileOf = (answers) => Object.fromEntries(answers.map((answer) => [answer.fact, held(answer)]));

test('every condition, in the page: the same truth as the program', async () => {
  const facts = conditions.facts.map(({ id, fact_type, options = [], lowest = 0 }) => ({
    id,
    type: fact_type,
    options: options.map((option) => ({ id: option, label: option })),
    ...(lowest < 0 ? { range: [lowest, 100] } : {}),
  }));
  const cases = conditions.conditions.map(({ tree, rows }) => ({ tree, profiles: rows.map(({ answers }) => profileOf(answers)) }));
  const found = await page.evaluate(
    ({ facts, cases }) =>
      cases.map(({ tree, profiles }) => {
        const capability = { id: 'c', builds_on: [], rank: 0, staged: false, prepare: [], options: [], statements: [{ list: 'triggers', place: 0, when: tree }] };
        const compiled = worthwhile.engine.compile({ facts, capabilities: [capability] });
        return profiles.map((profile) => compiled.assess(profile).capabilities[0].truths[0]);
      }),
    { facts, cases },
  );
  const words = (truth) => (truth === null ? 'unknown' : String(truth));
  let count = 0;
  conditions.conditions.forEach(({ cel, rows }, at) =>
    rows.forEach(({ answers, truth }, row) => {
      assert.equal(words(found[at][row]), truth, `${cel} with ${JSON.stringify(answers)}`);
      count += 1;
    }),
  );
  assert.equal(count, conditions.count);
  assert.ok(count >= 5000, `${count} rows`);
});

/** What the page's script finds, in the words of the published file. */
const published = (found) => {
  const truth = (value) => (value === null ? 'unknown' : String(value));
  const wanted = (statements) => statements.map(({ statement, truth: value }) => ({ statement, truth: truth(value) }));
  const need = ({ fact, boolean, numbers, options, with: all, without, empty }) => {
    const keys = { fact, boolean, numbers, options, with: all, without, empty: empty ?? undefined };
    return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
  };
  const flip = ({ to, settled, add, remove, ...rest }) => ({ fact: rest.fact, ...(add ? { add } : remove ? { remove } : { need: need(rest) }), to, settled });
  const way = (needs) => ({ needs: needs.map(need) });
  return {
    capabilities: found.capabilities.map((one) => ({
      verdict: one.verdict,
      rule: one.rule,
      settled: one.settled,
      possible: one.possible,
      truths: one.truths.map(truth),
      because: one.because,
      against: one.against,
      unless: one.unless.map(({ statements, to, settled, ways }) => ({ statements: wanted(statements), to, settled, ways: ways.map(way) })),
      flips: one.flips.map(flip),
      flips_together: one.flips_together && {
        statements: wanted(one.flips_together.statements),
        way: way(one.flips_together.way),
        to: one.flips_together.to,
        settled: one.flips_together.settled,
      },
      options: one.options.map(({ fit }) => fit),
    })),
    progress: found.progress,
    next_questions: found.next_questions.map(({ fact, touches, could_settle }) => ({ fact, touches, could_settle })),
    order: found.order,
  };
};

test('every profile of the site, in the page: the same assessment as the program', async () => {
  const { profiles, count } = read('assessments');
  const found = await page.evaluate((all) => {
    const compiled = worthwhile.engine.compile(worthwhile.rules);
    return all.map((profile) => compiled.assess(profile));
  }, profiles.map(({ answers }) => profileOf(answers)));
  for (const [at, { assessment, case: of }] of profiles.entries()) {
    const expected = { ...assessment, next_questions: assessment.next_questions.map(({ gain, ...rest }) => rest) };
    assert.deepEqual(published(found[at]), expected, of ?? `profile ${at}`);
  }
  assert.equal(profiles.length, count);
  assert.ok(count >= 500, `${count} profiles`);
});

test('every condition of which all facts are known, by an independent CEL engine', () => {
  const types = new Map(conditions.facts.map(({ id, fact_type }) => [id, fact_type]));
  // In this engine a whole number of JavaScript is a double, and an integer is a BigInt.
  const value = ({ fact, boolean, number, option, set }) => {
    if (number !== undefined) return types.get(fact) === 'integer' ? BigInt(number) : number;
    return boolean ?? option ?? set;
  };
  const seen = new Set();
  let count = 0;
  for (const { cel, tree, rows } of conditions.conditions) {
    for (const { answers, truth } of rows) {
      const context = Object.fromEntries(answers.map((answer) => [answer.fact, value(answer)]));
      if (factsOf(tree).some((fact) => context[fact] === undefined)) continue;
      assert.equal(String(evaluate(cel, context)), truth, `${cel} with ${JSON.stringify(answers)}`);
      opsOf(tree).forEach((op) => seen.add(op));
      count += 1;
    }
  }
  assert.deepEqual([...seen].sort(), [...conditions.ops].sort());
  assert.ok(count >= 1000, `${count} rows`);
});
