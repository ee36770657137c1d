// A generated site above every threshold: its pages tell less of each thing and lead to the rest; nothing scrolls
// sideways, nothing is lost to readers without scripts; a comparison of many options keeps its heads in sight.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { corpus } from '../../benches/browser/corpus.js';
import { violations } from './lib/axe.js';
import { fileUrl, launch, open } from './lib/browser.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';

const ROOT = path.join(import.meta.dirname, '../..');
const PROGRAM = process.env.PROGRAM ?? ['release', 'debug'].map((profile) => path.join(ROOT, `target/${profile}/worthwhile`)).find((file) => existsSync(file));
const COUNT = 160;
const OPTIONS = 9;
const COMPARISON = 'trade-offs/wide.html';
const PAGES = ['index.html', 'assess.html', 'checklist.html', 'layers/layer-0.html', 'layers/layer-1.html', 'cases/case-0.html', 'facts/fact_0.html', 'capabilities/index.html', COMPARISON];

const home = mkdtempSync(path.join(tmpdir(), 'worthwhile-large-'));
const site = path.join(home, 'public');
let browser;
let server;
before(async () => {
  corpus(home, COUNT);
  const options = Array.from({ length: OPTIONS }, (_, n) => `    - { option: option-${n}, pros: [Much to be said for it], cons: [And as much against it], use_when: [It is the one that fits] }\n`);
  writeFileSync(
    path.join(home, 'content/capabilities/wide.yaml'),
    `title: Wide choice\nlayer: layer-1\nsummary: Many options.\ncomplexity: low\ntriggers:\n  - { id: t, text: Always, when: fact_0 > 1 }\ntrade_offs:\n  keep: { title: Keep, pros: [Nothing to do] }\n  options:\n${options.join('')}`,
  );
  execFileSync(PROGRAM, ['build', home, '--quiet'], { stdio: 'inherit' });
  browser = await launch();
  server = await serve(site);
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(home, { recursive: true, force: true });
});

for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark']]) {
  test(`every page that tells less is accessible, and nothing scrolls sideways: ${width} px, ${colorScheme}`, async () => {
    const { page, problems, close } = await open(browser, { width, colorScheme });
    const found = [];
    for (const address of PAGES) {
      await page.goto(server.url + address);
      found.push(...(await violations(page)).map((violation) => `${address}: ${violation}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${address}: ${wide} px wide`);
    }
    assertNone(found, 'faults');
    assertNone(problems, 'problems');
    await close();
  });
}

test('with a situation the assessment tells the first of each group in full and names the others', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}assess.html#s=1&fact_0=20&fact_1=50&fact_2=5`);
  await page.locator('[data-verdicts] section').first().waitFor();
  const groups = await page.locator('[data-verdicts] section').evaluateAll((all) =>
    all.map((group) => ({ names: group.querySelectorAll('h3').length, full: [...group.querySelectorAll('ul > li:has(> h3, > .item-head)')].filter((li) => li.querySelector('.lead')).length, said: group.querySelectorAll('.hint').length })));
  assert.equal(groups.reduce((sum, { names }) => sum + names, 0), COUNT + 1);
  assert.ok(groups.some(({ names }) => names > 25));
  for (const { names, full, said } of groups) assert.deepEqual({ full, said }, { full: Math.min(names, 25), said: names > 25 ? 1 : 0 });
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
  await close();
});

test('without scripts the assessment leads to cases and rules, the checklist to every decision point', async () => {
  const { page, close } = await open(browser, { scripts: false });
  await page.goto(`${server.url}assess.html`);
  assert.ok(await page.locator('.tallies a').first().isVisible());
  await page.locator('main .names a').first().click();
  assert.match(page.url(), /capabilities\/index\.html#layer-1$/);
  await page.goto(`${server.url}checklist.html`);
  assert.equal(await page.locator('main .names a').count(), COUNT);
  await page.locator('main .names a').nth(5).click();
  assert.match(page.url(), /#decision-points$/);
  assert.ok(await page.locator('#decision-points').isVisible());
  await close();
});

for (const place of ['over http', 'from file://']) {
  test(`the checklist draws what is worth it in the situation of a case, and keeps what is ticked: ${place}`, async () => {
    const { page, problems, close } = await open(browser);
    await page.goto(`${place === 'over http' ? server.url : fileUrl(site)}checklist.html`);
    await page.locator('.checklist-cases a').first().click();
    const sections = page.locator('[data-capability]');
    await sections.first().waitFor();
    const order = await page.evaluate(() => {
      const { rules, words, engine } = globalThis.worthwhile;
      return engine.compile(rules).assess(words.parse(location.hash.slice(1)).profile).order;
    });
    const drawn = await sections.evaluateAll((all) => all.map((one) => one.dataset.capability));
    assert.deepEqual(drawn, order.filter((id) => id !== 'wide'));
    assert.ok(drawn.length > 20 && drawn.length < COUNT, `${drawn.length} drawn`);
    assert.equal(await page.locator('[data-named]').filter({ visible: true }).count(), 0);
    assert.equal(await page.locator('[data-capability] .verdict').count(), drawn.length);
    assert.match(await sections.first().locator('h2 a').getAttribute('href'), /#s=1&/, 'the situation goes along');
    await page.getByRole('checkbox', { name: 'Remember on this device' }).check();
    await sections.first().locator('input').first().check();
    assert.match(await page.locator('.checklist-tools [role=status]').innerText(), /^1 of \d+ decided$/);
    // In another situation it may not be on the page; what was kept stays.
    const address = page.url().split('#')[0];
    await page.goto('about:blank');
    await page.goto(`${address}#s=1&fact_1=1`);
    await page.locator('.checklist-worth').waitFor();
    await page.waitForFunction(() => globalThis.worthwhile.points);
    const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('checklist')).map(([, value]) => JSON.parse(value)));
    assert.equal(kept[0].length, 1);
    assertNone(await violations(page), 'violations');
    assertNone(problems, 'problems');
    await close();
  });
}

test('a case names every capability, with reasons for a hundred', async () => {
  const { page, close } = await open(browser, { scripts: false });
  await page.goto(`${server.url}cases/case-0.html`);
  assert.equal(await page.locator('main .group h4').count(), 100);
  assert.equal(await page.locator('main .group .names li').count(), COUNT + 1 - 100);
  await close();
});

test('a comparison of many options scrolls in its own frame at 1280 px, heads in sight', async () => {
  const { page, close } = await open(browser, { width: 1280, height: 500 });
  await page.goto(server.url + COMPARISON);
  const frame = page.locator('.table-tall');
  const sizes = await frame.evaluate((element) => ({ inner: element.scrollWidth, outer: element.clientWidth, page: document.documentElement.scrollWidth }));
  assert.ok(sizes.inner > sizes.outer + 100, JSON.stringify(sizes));
  assert.ok(sizes.page <= 1280);
  const places = () =>
    frame.evaluate((element) => {
      const [left, top] = [element.getBoundingClientRect().left, element.getBoundingClientRect().top];
      const place = (selector) => {
        const box = element.querySelector(selector).getBoundingClientRect();
        return { left: Math.round(box.left - left), top: Math.round(box.top - top) };
      };
      return { head: place('thead th:last-child'), row: place('tbody th'), corner: place('.corner'), cell: place('tbody td:last-child') };
    });
  const before = await places();
  await frame.evaluate((element) => element.scrollTo(300, 150));
  const after = await places();
  assert.equal(after.cell.left, before.cell.left - 300, 'cells move');
  assert.equal(after.head.top, before.head.top, 'heads of columns stay');
  assert.equal(after.head.left, before.head.left - 300);
  assert.equal(after.row.left, before.row.left, 'heads of rows stay');
  assert.deepEqual(after.corner, before.corner);
  // By keyboard too: the frame has the focus and scrolls.
  await frame.evaluate((element) => element.scrollTo(0, 0));
  await frame.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('.table-tall').scrollLeft > 0);
  await close();
});

test('at 320 px it stacks by criterion: every cell says whose it is, and nothing scrolls sideways', async () => {
  const { page, close } = await open(browser, { width: 320, height: 700 });
  await page.goto(server.url + COMPARISON);
  const found = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    frame: getComputedStyle(document.querySelector('.table-tall')).overflowX,
    labels: [...document.querySelectorAll('tbody tr:first-child td')].map((cell) => getComputedStyle(cell, '::before').content.slice(1, -1)),
    row: getComputedStyle(document.querySelector('.comparison tbody tr')).display,
  }));
  assert.ok(found.page <= 320 && found.frame === 'visible', JSON.stringify(found));
  assert.equal(found.labels.length, OPTIONS + 1);
  assert.ok(found.labels.every(Boolean) && new Set(found.labels).size === OPTIONS + 1, found.labels.join());
  // The name of a criterion stays in sight while its options pass by.
  const head = page.locator('.comparison tbody th').nth(1);
  const row = page.locator('.comparison tbody tr').nth(1);
  await row.evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY + 200));
  assert.ok((await head.boundingBox()).y >= 0, 'the head is in sight');
  await close();
});
