// Light and dark: the system's choice, the reader's choice, and that it lasts.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, launch, open } from './lib/browser.js';
import { serve } from './lib/server.js';
import { SITE } from './lib/site.js';

const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(14, 21, 20)';

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const theSwitch = (page) => page.getByRole('banner').getByRole('combobox');

test('without a choice the system decides, with scripts and without', async () => {
  for (const scripts of [true, false]) {
    const { page, close } = await open(browser, { scripts, colorScheme: 'light' });
    await page.goto(`${server.url}index.html`);
    assert.equal(await ground(page), LIGHT);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await ground(page), DARK);
    await close();
  }
});

test('the switch is named, overrides the system, lasts from page to page, and goes back to the system', async () => {
  const { page, problems, close } = await open(browser, { colorScheme: 'light' });
  await page.goto(`${server.url}index.html`);
  assert.equal(await theSwitch(page).inputValue(), 'system');
  assert.ok(await page.getByRole('combobox', { name: /\w/ }).first().isVisible(), 'the switch has a name');
  await theSwitch(page).selectOption('dark');
  assert.equal(await ground(page), DARK);
  await page.goto(`${server.url}capabilities/service-mesh.html`);
  assert.equal(await ground(page), DARK);
  assert.equal(await theSwitch(page).inputValue(), 'dark');
  await page.emulateMedia({ colorScheme: 'dark' });
  await theSwitch(page).selectOption('light');
  assert.equal(await ground(page), LIGHT);
  await theSwitch(page).selectOption('system');
  assert.equal(await ground(page), DARK);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await ground(page), LIGHT);
  assert.equal(await page.evaluate(() => localStorage.length), 0, 'the system choice leaves nothing stored');
  assert.deepEqual(problems, []);
  await close();
});

test('the switch works from file:// and by keyboard', async () => {
  const { page, problems, close } = await open(browser, { colorScheme: 'light' });
  await page.goto(`${fileUrl(SITE)}index.html`);
  await theSwitch(page).focus();
  await page.keyboard.press('End');
  assert.equal(await theSwitch(page).inputValue(), 'dark');
  assert.equal(await ground(page), DARK);
  assert.deepEqual(problems, []);
  await close();
});

test('the switch works where storage is refused', async () => {
  const { page, problems, close } = await open(browser, { colorScheme: 'light' });
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  });
  await page.goto(`${server.url}index.html`);
  await theSwitch(page).selectOption('dark');
  assert.equal(await ground(page), DARK);
  assert.deepEqual(problems, []);
  await close();
});
