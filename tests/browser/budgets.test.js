// What a page may weigh, compressed as a web host does (gzip, level 6), and the whole style sheet.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { allPages } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { files, readBytes } from './lib/site.js';

const TEXT_PAGE = { html: 14_000, scripts: 2_000 };

/** Pages that are tools rather than text have budgets of their own. */
const TOOLS = { 'matrix.html': { html: 20_000, scripts: 10_000 }, 'assess.html': { html: 25_000, scripts: 18_000 }, 'checklist.html': { html: 20_000, scripts: 3_000 } };

/** A comparison is a page of text with a control. */
const COMPARISON = { html: 14_000, scripts: 3_000 };

/** The rules as data, for the assessment. */
const RULES = 30_000;

const STYLES = 10_000;

test('every page keeps its budget', () => {
  const found = [];
  const largest = { html: 0, scripts: 0 };
  for (const page of allPages()) {
    const budget = TOOLS[page.file] ?? (page.file.startsWith('trade-offs/') ? COMPARISON : TEXT_PAGE);
    const weights = { html: weigh(page.file), scripts: scriptsOf(page).filter((file) => !isRules(file)).reduce((sum, file) => sum + weigh(file), 0) };
    for (const [what, weight] of Object.entries(weights)) {
      if (weight > budget[what]) found.push(`${page.file}: ${what} ${weight} of ${budget[what]} bytes`);
      if (budget === TEXT_PAGE) largest[what] = Math.max(largest[what], weight);
      else if (budget !== COMPARISON) console.log(`     ${page.file}: ${what} ${weight} of ${budget[what]} bytes`);
    }
  }
  console.log(`     largest text page: html ${largest.html} of ${TEXT_PAGE.html} bytes, scripts ${largest.scripts} of ${TEXT_PAGE.scripts} bytes`);
  assertNone(found, 'budgets exceeded');
});

test('the styles of the whole site keep their budget', () => {
  const sheets = files().filter((file) => file.endsWith('.css'));
  const total = sheets.reduce((sum, file) => sum + weigh(file), 0);
  console.log(`     styles ${total} of ${STYLES} bytes`);
  assert.ok(total > 0 && total <= STYLES, `${total} of ${STYLES} bytes in ${sheets.join(', ')}`);
});

test('the rules as data keep their budget', () => {
  const rules = files().filter(isRules);
  assert.equal(rules.length, 1);
  console.log(`     rules ${weigh(rules[0])} of ${RULES} bytes`);
  assert.ok(weigh(rules[0]) <= RULES);
});

function isRules(file) {
  return /^assets\/rules\./.test(file);
}

function scriptsOf(page) {
  return page.elements
    .filter(({ tag, attributes }) => tag === 'script' && attributes.src !== undefined)
    .map(({ attributes }) => new URL(attributes.src, `http://site/${page.file}`).pathname.slice(1));
}

function weigh(file) {
  return gzipSync(readBytes(file), { level: 6 }).length;
}
