// The checklist: boxes that can be ticked with and without a script, kept only where the reader says so; with a
// situation only what is worth it, in the suggested order.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './lib/axe.js';
import { launch, open } from './lib/browser.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { SITE } from './lib/site.js';

const PAGE = 'checklist.html';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
});
after(async () => {
  await browser.close();
  await server.close();
});

const points = (page) => page.locator('main ol input[type=checkbox]');
const shown = (page) => points(page).filter({ visible: true });
const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('checklist')).length);

test('every decision point has a box, which works without scripts', async () => {
  const { page, problems, close } = await open(browser, { scripts: false });
  await page.goto(server.url + PAGE);
  assert.ok((await points(page).count()) > 20);
  const first = page.getByRole('checkbox', { name: 'Do we have a problem now that a mesh solves?' });
  await first.check();
  assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false, 'controls that need a script are not there');
  assertNone(problems, 'problems');
  await close();
});

test('ticking is counted, and kept only where the reader says so', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(server.url + PAGE);
  const total = await points(page).count();
  const status = page.locator('.checklist-tools [role=status]');
  assert.equal(await status.innerText(), `0 of ${total} decided`);
  await points(page).nth(0).check();
  await points(page).nth(2).check();
  assert.equal(await status.innerText(), `2 of ${total} decided`);
  assert.equal(await kept(page), 0, 'nothing is kept unasked');
  await page.reload();
  assert.equal(await status.innerText(), `0 of ${total} decided`);

  await points(page).nth(1).check();
  await page.getByRole('checkbox', { name: 'Remember on this device' }).check();
  await page.reload();
  assert.ok(await points(page).nth(1).isChecked());
  assert.equal(await status.innerText(), `1 of ${total} decided`);
  await page.getByRole('checkbox', { name: 'Remember on this device' }).uncheck();
  assert.equal(await kept(page), 0, 'what was kept is gone');
  await page.getByRole('button', { name: 'Untick all' }).click();
  assert.equal(await status.innerText(), `0 of ${total} decided`);
  assertNone(problems, 'problems');
  await close();
});

test('with a situation it holds what is worth it, in order, and all on request', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}assess.html`);
  const situation = await page.evaluate(() => {
    const { rules, words } = globalThis.worthwhile;
    return words.write(rules.cases.find(({ id }) => id === 'dutch-webshop').facts);
  });
  const order = await page.evaluate((fragment) => {
    const { rules, words, engine } = globalThis.worthwhile;
    return engine.compile(rules).assess(words.parse(fragment).profile).order;
  }, situation);
  assert.ok(order.length > 0, 'the case has something to decide');
  await page.goto(`${server.url}${PAGE}#${situation}`);
  await page.locator('.checklist-worth').waitFor();
  const sections = page.locator('[data-capability]');
  assert.deepEqual(await sections.filter({ visible: true }).evaluateAll((all) => all.map((one) => one.dataset.capability)), order);
  assert.equal(await page.locator('[data-capability]:not([hidden]) .verdict').count(), order.length);
  const few = await shown(page).count();
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.ok((await shown(page).count()) > few);
  assert.ok(await page.evaluate(() => document.activeElement.closest('[data-capability]') !== null), 'the focus goes to what was added');
  assertNone(problems, 'problems');
  assertNone(await violations(page), 'violations');
  await close();
});

test('on paper there are boxes and questions, and no controls', async () => {
  const { page, close } = await open(browser);
  await page.goto(server.url + PAGE);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false);
  assert.equal(await shown(page).count(), await points(page).count());
  await close();
});

test('without a situation it offers those of the cases, and a case leads to what is worth it there', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(server.url + PAGE);
  const cases = page.locator('.checklist-cases a');
  assert.deepEqual(await cases.allInnerTexts(), ['The Dutch webshop', 'A start-up with a monolith', 'A regulated bank']);
  await cases.first().click();
  await page.locator('.checklist-worth').waitFor();
  assert.match(page.url(), /#s=1&/);
  assert.equal(await cases.first().isVisible(), false);
  assertNone(problems, 'problems');
  await close();
});
