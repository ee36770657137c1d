// The manual in docs/: a site of prose alone, judged as the real site is.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './lib/axe.js';
import { launch, open } from './lib/browser.js';
import { parsePage, urlsOf } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { exists, htmlFiles, manual } from './lib/site.js';

const MANUAL = manual();
const pages = htmlFiles(MANUAL).filter((file) => /^pages\/.+\/(?!index)/.test(file));

let browser;
let server;
before(async () => {
  browser = await launch();
  server = await serve(MANUAL);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('a site without capabilities has no matrix and no assessment, and nothing leads there', () => {
  for (const file of ['matrix.html', 'assess.html']) assert.ok(!exists(file, MANUAL), file);
  const found = htmlFiles(MANUAL).flatMap((file) => urlsOf(parsePage(file, MANUAL)).filter(({ url }) => /(matrix|assess)\.html/.test(url)).map(({ url }) => `${file}: ${url}`));
  assertNone(found, 'links to tools that are not there');
});

test('a wide table scrolls in itself on a phone, and no number is torn apart', async () => {
  const { page, problems, close } = await open(browser, { width: 390 });
  await page.goto(`${server.url}pages/explanation/speed.html`);
  const tables = page.getByRole('group', { name: 'Table', exact: true });
  assert.ok(await tables.count() >= 3, 'the tables of tools are groups with a name');
  assert.ok(await tables.first().evaluate((one) => one.scrollWidth > one.clientWidth && one.clientWidth <= 390), 'the first scrolls');
  const torn = await tables.locator('td').evaluateAll((cells) => cells.filter((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return /^[\d.,]+$/.test(cell.textContent) && new Set([...range.getClientRects()].map((line) => line.top)).size > 1;
  }).map((cell) => cell.textContent));
  assertNone(torn, 'numbers on two lines');
  assert.deepEqual(problems, []);
  await close();
});

test('home leads to every page, by section', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(server.url);
  const linked = await page.getByRole('main').getByRole('link').evaluateAll((all) => all.map((link) => new URL(link.href).pathname.slice(1)));
  assertNone(pages.filter((file) => !linked.includes(file)), 'pages that home does not name');
  const sections = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts();
  assert.ok(sections.length >= 3, `the header names the sections: ${sections}`);
  assert.deepEqual(problems, []);
  await close();
});

test('every page has its section beside it on a wide screen and below it on a narrow one, and says where it stands', async () => {
  const found = [];
  for (const width of [1280, 390]) {
    const { page, problems, close } = await open(browser, { width });
    for (const file of pages) {
      await page.goto(server.url + file);
      const all = page.getByRole('navigation', { name: 'All pages' });
      const here = await all.locator('[aria-current=page]').evaluateAll((links) => links.map((link) => new URL(link.href).pathname.slice(1)));
      if (here.length !== 1 || here[0] !== file) found.push(`${file} at ${width}: says it is ${here}`);
      const [beside, title] = [await all.boundingBox(), await page.getByRole('heading', { level: 1 }).boundingBox()];
      const right = width === 1280 ? beside.x + beside.width <= title.x && beside.y <= title.y : beside.y > title.y;
      if (!right) found.push(`${file} at ${width}: the pages stand at ${JSON.stringify(beside)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${file} at ${width}: scrolls sideways, ${wide} px`);
    }
    found.push(...problems);
    await close();
  }
  assertNone(found, 'pages that stand alone');
});

test('no violations, in both themes, wide and narrow', async () => {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 320]) {
      const { page, close } = await open(browser, { colorScheme, width });
      for (const file of ['index.html', 'pages/index.html', 'pages/reference/content.html', pages[0]]) {
        await page.goto(server.url + file);
        for (const problem of await violations(page)) found.push(`${file}, ${colorScheme} at ${width}: ${problem}`);
      }
      await close();
    }
  }
  assertNone(found, 'violations');
});
