// Firefox: the pages with scripts, over http and from file://. Debian's own, driven over WebDriver BiDi.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import { fileUrl } from './lib/browser.js';
import { serve } from './lib/server.js';
import { SITE } from './lib/site.js';

let browser;
let server;
before(async () => {
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true });
  server = await serve(SITE);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const PLACES = { 'over http': () => server.url, 'from file://': () => fileUrl(SITE) };

/** Opens a page, gives it to `look`, and insists on a quiet console. */
async function visit(place, address, look) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const problems = [];
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(PLACES[place]() + address);
  await look(page);
  assert.deepEqual(problems, []);
  await page.close();
}

/** Waits until what `read` gives in the page is as expected. */
async function eventually(page, read, expected, ...values) {
  let found;
  for (let tries = 0; tries < 60; tries += 1) {
    found = await page.evaluate(read, ...values);
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(found, expected);
}

const titles = () => [...document.querySelectorAll('tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.querySelector('th a').textContent);

for (const place of Object.keys(PLACES)) {
  describe(place, () => {
    test('the matrix filters, sorts, and keeps both in its address', () =>
      visit(place, 'matrix.html', async (page) => {
        const all = await page.evaluate(titles);
        assert.ok(all.length >= 8);
        await page.type('#find', 'mesh');
        await eventually(page, () => document.querySelector('.result-count').textContent.split(' ')[0] !== '8', true);
        const found = await page.evaluate(titles);
        assert.ok(found.includes('Service mesh') && found.length < all.length, found.join());
        await page.click('th[data-sort="complexity"] button');
        await eventually(page, () => document.querySelector('th[data-sort="complexity"]').getAttribute('aria-sort'), 'ascending');
        await eventually(page, () => location.search, '?sort=complexity&q=mesh');
      }));

    test('the assessment gives verdicts for an address, and takes an answer', () =>
      visit(place, 'assess.html#s=1&microservices=8&needs_mtls=true', async (page) => {
        await eventually(page, () => document.querySelectorAll('[data-verdicts] section h3').length >= 8, true);
        const before = await page.evaluate(() => location.hash);
        await page.click('[data-question] form .choice input');
        await page.click('[data-question] form button[type=submit], [data-question] form .button-primary');
        await eventually(page, (old) => location.hash !== old && location.hash.includes('microservices=8'), true, before);
      }));

    test('a comparison shows what its address picks', () =>
      visit(place, 'trade-offs/distributed-tracing.html?a=zipkin', async (page) => {
        await eventually(page, () => [...document.querySelectorAll('thead th[data-column]')].filter((head) => head.checkVisibility()).map((head) => head.dataset.column), ['keep', 'zipkin']);
      }));

    test('the search box finds, and its page lists', () =>
      visit(place, 'index.html', async (page) => {
        await page.type('#search', 'servce mesh');
        await eventually(page, () => document.querySelector('#search-results [role="option"] a, #search-results a, #search-results [role="option"]')?.textContent.includes('Service mesh') ?? false, true);
        await page.goto(`${PLACES[place]()}search.html?q=mtls`);
        await eventually(page, () => document.querySelector('[data-results] a')?.getAttribute('href') ?? '', 'facts/needs_mtls.html');
      }));

    test('a situation is carried along, and nothing scrolls sideways', () =>
      visit(place, 'capabilities/service-mesh.html#s=1&microservices=8', async (page) => {
        await eventually(page, () => Boolean(document.querySelector('.situation strong') && document.querySelector('.panel')), true);
        assert.ok(await page.evaluate(() => document.querySelector('.site-nav a').getAttribute('href').endsWith('#s=1&microservices=8')));
        await page.setViewport({ width: 390, height: 800 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      }));
  });
}
