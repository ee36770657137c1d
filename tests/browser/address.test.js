// What stands in an address, against anybody who writes addresses: any text is read without an error and within bounds,
// comes to nothing but what the site knows, and what was read is written as what is read as the same.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { plain, script, worthwhile } from './lib/scripts.js';

/** Of any text of ours; a hang would be minutes. */
const MILLISECONDS = 5000;
const TRIES = Number(process.env.WORTHWHILE_ADDRESSES ?? 20000);

/** Numbers that are the same in every run: mulberry32. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const fact = (id, type, more = {}) => ({ id, type, title: id, phrases: {}, ...more });
const options = (...ids) => ({ options: ids.map((id) => ({ id, label: id })) });
const RULES = {
  joints: {},
  verdicts: {},
  capabilities: [],
  facts: [
    fact('needs_mtls', 'boolean'),
    fact('services', 'integer'),
    fact('load', 'number', { range: [-10, 10] }),
    fact('cloud', 'choice', options('aws', 'azure', 'on-premises')),
    fact('compliance', 'choices', options('gdpr', 'dora', 'nis2')),
  ],
};
const { words, engine, matrixAddress } = worthwhile(
  ['situation.js', 'assess-engine.js', 'assess-words.js', 'matrix-address.js'],
  // A page without a document's data: the situation's script stops where it would need any.
  `globalThis.document = { querySelector: () => ({ dataset: {}, content: "" }), addEventListener() {}, querySelectorAll: () => [] };
   globalThis.location = { hash: "" }; globalThis.addEventListener = () => {};
   globalThis.worthwhile = { rules: ${JSON.stringify(RULES)}, words: {} };`,
);
const facts = new Map(RULES.facts.map((one) => [one.id, one]));

const FACETS = [{ id: 'complexity', values: ['low', 'medium', 'high'].map((id) => ({ id })) }, { id: 'layer', values: ['layer-1', 'layer-2'].map((id) => ({ id })) }];
/** More than there are letters, and than there are letters and letters with a digit. */
const OPTIONS = Array.from({ length: 120 }, (_, n) => `option-${n}`);
const COLUMNS = ['title', 'complexity'].map((id) => ({ id }));

/** What an address is made of, honest and not. */
const PARTS = [
  ...facts.keys(), 's', 'at', 'q', 'sort', 'a', 'b', 'z', 'aa', 'ab', 'differences', 'only', 'complexity', 'layer',
  'true', 'false', 'aws', 'azure', 'on-premises', 'gdpr', 'dora', 'low', 'high', 'layer-1', 'title', '-title', '--title', 'option-7', 'option-33',
  '=', '=', '=', '&', '&', '&', ',', '..', '.', '-', '?', '#', '+', ';', '0', '1', '7', '-0', '0.5', '1e9', '1e-7', '0.0000001', '1e999', '9'.repeat(30), `${'0'.repeat(20)}5`, 'NaN', 'Infinity', '0x10', '1_000', '٣',
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__proto__[x]', 'length', 'null', 'undefined',
  '%', '%%', '%2', '%zz', '%00', '%0a', '%ff%fe', '%c0%af', '%ed%a0%80', '%u0041', '%26', '%3D', '%2C', '%F0%9F%92%A9', '\ud83d', '\udca9', '\ud800\ud800', '\u0000', '\ufeff', '\u202e', 'é', '💩',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', "' or 1=1", '{{7*7}}', '${x}', ' ', '\t', '\n',
];

const HOSTILE = [
  '', '?', '#', '&', '=', '&&&&', '====', 's=1', 's=2&services=5', 's=1&services=5&services=7', 's=1&services', 's=1&=5',
  's=1&services=..', 's=1&services=5..1', 's=1&services=1..2..3', 's=1&services=0.5', 's=1&services=-1', 's=1&services=1e308..', 's=1&load=1e-7', 's=1&load=-0', 's=1&load=0.1..0.30000000000000004',
  `s=1&services=${'9'.repeat(400)}`, `s=1&load=0.${'0'.repeat(400)}1`, 's=1&cloud=aws,aws', 's=1&cloud=azure,aws,', 's=1&cloud=,', 's=1&compliance=', 's=1&compliance=nis2,gdpr,gdpr', 's=1&needs_mtls=__proto__', 's=1&needs_mtls=constructor', 's=1&needs_mtls=toString', 's=1&__proto__=1', 's=1&constructor=1', 's=1&cloud=__proto__', 's=1&cloud=length',
  `s=1&${'services=5&'.repeat(90000)}`, `s=1&compliance=${'gdpr,'.repeat(200000)}`, `s=1&compliance=${'x,'.repeat(500000)}`, `s=1&cloud=${'aws,azure,'.repeat(100000)}`, `q=${'x'.repeat(1 << 20)}`, `s=1&services=${'1..'.repeat(300000)}`, '%'.repeat(1 << 20), '\ud800'.repeat(1 << 19), `${'a=option-1&'.repeat(90000)}`, `complexity=${'low,'.repeat(250000)}`, `${'k'.repeat(1 << 20)}=1`, `sort=${'-'.repeat(1 << 20)}title`,
  'a=option-7&a=option-7&b=option-33', 'differences=only&differences=all', 'a=toString&b=__proto__', `${'z=option-119&'.repeat(60000)}`, `a=${'option-7,'.repeat(100000)}`, `${'a=x&'.repeat(100000)}`,
];

function* texts() {
  yield* HOSTILE;
  const below = random(1);
  // The honest ones are more than half.
  const some = (most) => Array.from({ length: 1 + below(most) }, () => PARTS[below(below(2) ? 30 : PARTS.length)]).join('');
  for (let n = 0; n < TRIES; n += 1) yield n % 2 ? some(14) : Array.from({ length: 1 + below(6) }, () => `${some(1)}=${some(3)}`).join('&');
}

/** Gives every text to `look`; what it throws or how long it takes is said with the text. */
function each(look) {
  for (const text of texts()) {
    const start = performance.now();
    try {
      look(text);
    } catch (error) {
      error.message = `${JSON.stringify(text.slice(0, 200))}: ${error.message}`;
      throw error;
    }
    const took = performance.now() - start;
    assert.ok(took < MILLISECONDS, `${JSON.stringify(text.slice(0, 200))}: ${took} ms`);
  }
}

const states = { situation: 0, matrix: 0, comparison: 0 };

test('a situation: only answers that its facts allow, and the same when it is written and read again', () => {
  each((text) => {
    const { profile, unknown } = words.parse(text);
    for (const [id, value] of Object.entries(profile)) {
      assert.ok(facts.has(id), id);
      assert.equal(engine.faultOf(facts.get(id), value), null, `${id}: ${JSON.stringify(value)}`);
      const given = [].concat(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : value);
      assert.ok(given.every((one) => one === null || ['boolean', 'number', 'string'].includes(typeof one)), id);
      if (Array.isArray(value)) assert.ok(value.length <= facts.get(id).options.length, `${value.length} options`);
      states.situation += 1;
    }
    assert.equal(Object.getPrototypeOf(profile).polluted, undefined);
    const again = words.parse(words.write(profile));
    assert.deepEqual(plain(again), { profile: plain(profile), unknown: [] });
    assert.ok(words.told(unknown).length < 400);
  });
});

test('a matrix: only facets, values and columns that it has, and the same when it is written and read again', () => {
  const matrix = matrixAddress(FACETS, COLUMNS);
  const plainly = ({ chosen, sort, query }) => ({ chosen: chosen.map((ids, n) => FACETS[n].values.map(({ id }) => id).filter((id) => ids.has(id))), sort: { ...sort }, query });
  each((text) => {
    const state = matrix.read(`?${text}`);
    state.chosen.forEach((ids, n) => ids.forEach((id) => assert.ok(FACETS[n].values.some((one) => one.id === id), id)));
    assert.ok(state.sort.column === null || COLUMNS.includes(state.sort.column));
    const again = matrix.read(matrix.write(state));
    assert.deepEqual(plain(plainly(again)), plain(plainly(state)));
    assert.equal(again.unknown.length, 0);
    assert.ok(matrix.told(state.unknown).length < 400);
    states.matrix += state.chosen.some((ids) => ids.size) || state.sort.column ? 1 : 0;
  });
});

/** The script of a comparison on a page that has nothing but its controls: what an address comes to, and is written as. */
const compare = script('compare.js');
function comparison(search, picked = null) {
  const listeners = {};
  const element = (more = {}) => ({ hidden: true, textContent: '', addEventListener: (type, listener) => { listeners[type] = listener; }, ...more });
  const pills = OPTIONS.map((value) => ({ value, checked: true }));
  const parts = { 'thead': { rows: [{ cells: [] }] }, 'tbody': { rows: [] }, '[data-differences]': { checked: true }, '.show-all': element(), '[data-status]': element(), '.matrix-notice': element(), '[data-none]': element() };
  const find = (selector) => parts[selector];
  parts['.filters'] = element({ querySelector: find, querySelectorAll: () => pills });
  const section = { dataset: { said: '{options}', unknown: '{keys}', allSame: 'same' }, querySelector: find };
  let written = null;
  compare({ document: { querySelector: () => section }, location: { search, pathname: '', hash: '' }, history: { replaceState: (_state, _title, to) => { written = to; } } });
  if (picked) for (const pill of pills) pill.checked = picked.includes(pill.value);
  const state = { picked: pills.filter(({ checked }) => checked).map(({ value }) => value), differences: parts['[data-differences]'].checked };
  listeners.change();
  return { state, written, told: parts['.matrix-notice'].hidden ? null : parts['.matrix-notice'].textContent };
}

test('a comparison: the same when it is written and read again, and what it does not know is told in short', () => {
  each((text) => {
    const { state, written, told } = comparison(`?${text}`);
    const again = comparison(written);
    assert.deepEqual(again.state, state);
    assert.equal(again.written, written);
    assert.equal(again.told, null);
    assert.ok(told === null || told.length < 400);
    assert.ok(written.length < 20 * (OPTIONS.length + 2), written);
    states.comparison += state.picked.length || state.differences ? 1 : 0;
  });
});

test('a comparison of any number of options is written as what is read as the same', () => {
  for (let many = 0; many <= OPTIONS.length; many += 1) {
    const picked = OPTIONS.slice(OPTIONS.length - many);
    const again = comparison(comparison('', picked).written);
    assert.deepEqual(again.state, { picked, differences: false });
    assert.equal(again.told, null);
  }
});

test('words to find with half a character are written', () => {
  const matrix = matrixAddress(FACETS, COLUMNS);
  const state = { chosen: FACETS.map(() => new Set()), sort: { column: null, down: false }, query: 'a\ud800b' };
  assert.equal(matrix.write(state), '?q=a%EF%BF%BDb');
});

test('what was tried was not all refused', () => {
  for (const [name, count] of Object.entries(states)) assert.ok(count > 10, `${name}: ${count}`);
});
