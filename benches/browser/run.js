// How large sites do in Chromium. Builds a generated site of so many capabilities and measures what a reader waits for:
//
//     cargo build --release
//     node benches/browser/run.js [--capabilities 1000] [--rows 10000] [--program target/release/worthwhile] [--report]
//
// `--report` writes the table into docs/content/pages/explanation/large-sites.md. Figures are milliseconds unless they
// say otherwise; a limit that is passed makes the program end with 1.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { launch } from '../../tests/browser/lib/browser.js';
import { serve } from '../../tests/browser/lib/server.js';
import { corpus } from './corpus.js';

const ROOT = path.join(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    capabilities: { type: 'string', default: '1000' },
    rows: { type: 'string', default: '10000' },
    program: { type: 'string', default: path.join(ROOT, 'target/release/worthwhile') },
    report: { type: 'boolean', default: false },
  },
});
const count = Number(options.capabilities);
const rows = Number(options.rows);
const KEYS = 'policy mesh audit region trace'.split(' ');

const work = mkdtempSync(path.join(tmpdir(), 'large-'));
const site = path.join(work, 'public');
const table = [];
/** A line of the table: what, figure, limit; the last in the unit of the figure. */
const line = (what, figure, limit, unit = 'ms') => {
  const passed = figure <= limit;
  table.push({ what, figure, limit, unit, passed });
  console.log(`${passed ? 'ok  ' : 'OVER'} ${what}: ${figure} ${unit} of ${limit} ${unit}`);
};
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const round = (number) => Math.round(number * 10) / 10;

try {
  corpus(work, count);
  execFileSync(options.program, ['build', work, '--quiet'], { stdio: 'inherit' });
  sizes();
  const browser = await launch();
  const server = await serve(site);
  await matrix(browser, server);
  await search(browser, server);
  await assessment(browser, server);
  await manyRows(browser, server);
  await browser.close();
  await server.close();
} finally {
  rmSync(work, { recursive: true });
}
if (options.report) report();
process.exit(table.every(({ passed }) => passed) ? 0 : 1);

function sizes() {
  const pages = readdirSync(site, { recursive: true }).filter((file) => file.endsWith('.html'));
  const largest = pages.filter((file) => file !== 'matrix.html').map((file) => [statSync(path.join(site, file)).size, file]).sort((a, b) => b[0] - a[0]);
  for (const [size, file] of largest.slice(0, 3)) console.log(`     ${file}: ${Math.round(size / 1000)} kB`);
  line(`largest page but the matrix (${pages.length} pages)`, Math.round(largest[0][0] / 1000), 300, 'kB');
  line('the matrix, a row', Math.round(statSync(path.join(site, 'matrix.html')).size / count), 1000, 'bytes');
  const shards = readdirSync(path.join(site, 'search'));
  const weights = shards.map((file) => gzipSync(readFileSync(path.join(site, 'search', file)), { level: 6 }).length);
  line(`largest of ${shards.length} shards of the search index, compressed`, Math.round(Math.max(...weights) / 1000), 150, 'kB');
}

/** From a key to the frame that shows what it did, for every key of some words, and for taking them back. */
async function keyToFrame(page, selector) {
  const taken = [];
  for (const word of KEYS) {
    for (const text of [...Array(word.length).keys()].map((at) => word.slice(0, at + 1)).concat('')) {
      taken.push(
        await page.evaluate(
          ([selector, text]) =>
            new Promise((resolve) => {
              const input = document.querySelector(selector);
              const start = performance.now();
              input.value = text;
              input.dispatchEvent(new Event('input', { bubbles: true }));
              // The frame after the next one begins when the next one has been laid out and painted.
              requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => resolve(performance.now() - start);
                channel.port2.postMessage(0);
              });
            }),
          [selector, text],
        ),
      );
      await page.waitForTimeout(30);
    }
  }
  return taken;
}

async function matrix(browser, server) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.url}matrix.html`);
  await page.locator('#find').waitFor();
  await keyToFrame(page, '#find');
  line(`matrix of ${count} rows, the first 250 matches shown, key to frame, 95 of 100`, round(quantile(await keyToFrame(page, '#find'), 0.95)), 50);
  await page.evaluate(() => document.querySelector('.show-all').click());
  await page.waitForTimeout(1000);
  await keyToFrame(page, '#find');
  line(`matrix of ${count} rows, all shown on request, key to frame, 95 of 100`, round(quantile(await keyToFrame(page, '#find'), 0.95)), 200);
  await page.close();
}

async function search(browser, server) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.url}index.html`);
  await page.locator('#search').focus();
  await page.waitForFunction((shards) => globalThis.worthwhile.search?.groups && performance.getEntriesByType('resource').filter(({ name }) => /search\/index/.test(name)).length >= shards, readdirSync(path.join(site, 'search')).length);
  await page.waitForTimeout(500);
  const first = await page.evaluate(() => {
    const start = performance.now();
    globalThis.worthwhile.search.find('policy audit');
    return performance.now() - start;
  });
  line(`search over ${count} capabilities, the first query once the index is there`, round(first), 50);
  line('search, key to frame with the results, 95 of 100', round(quantile(await keyToFrame(page, '#search'), 0.95)), 50);
  const slips = await page.evaluate(() =>
    ['polciy', 'regoin', 'sandbxo', 'thruoghput', 'recvoery'].map((query) => {
      const start = performance.now();
      globalThis.worthwhile.search.find(query);
      return performance.now() - start;
    }),
  );
  line('search for a word with a slip, the slowest of five', round(Math.max(...slips)), 50);
  await page.close();
}

/** From an answer to the frame that shows the verdicts with it: the first answers of all, and the next ones of a case. */
async function assessment(browser, server) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const answer = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const form = document.querySelector('form.question');
          const input = form.querySelector('input.number');
          input.value = '45';
          input.dispatchEvent(new Event('input', { bubbles: true }));
          const start = performance.now();
          form.requestSubmit();
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - start);
            channel.port2.postMessage(0);
          });
        }),
    );
  const starts = { 'the first 40': 'assess.html', 'the next 40 of a case': null };
  for (const [start, address] of Object.entries(starts)) {
    await page.goto('about:blank');
    await page.goto(server.url + (address ?? 'cases/case-0.html'));
    if (!address) await page.locator('a[href*="assess.html#s=1"]').first().click();
    await page.locator('form.question').waitFor();
    const taken = [];
    for (let n = 0; n < 40 && (await page.locator('form.question').count()); n += 1) {
      taken.push(await answer());
      await page.waitForTimeout(30);
    }
    line(`assessment over ${count} capabilities, answer to frame, ${start}, 95 of 100`, round(quantile(taken, 0.95)), 200);
  }
  await page.close();
}

/** The matrix script over many rows: the page's own, repeated. Of more than 250 the first 250 show, and all on request. */
async function manyRows(browser, server) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.route('**/matrix.html', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const [head, rest] = html.split('<tbody>');
    const [body, foot] = rest.split('</tbody>');
    await route.fulfill({ response, body: `${head}<tbody>${body.repeat(Math.ceil(rows / count))}</tbody>${foot}` });
  });
  await page.goto(`${server.url}matrix.html`, { timeout: 120_000 });
  await page.locator('.filters').waitFor();
  await page.waitForTimeout(1000);
  await keyToFrame(page, '#find');
  line(`matrix of ${rows} rows, the first 250 matches shown, key to frame, 95 of 100`, round(quantile(await keyToFrame(page, '#find'), 0.95)), 100);
  const all = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const button = document.querySelector('.show-all');
        const start = performance.now();
        button.click();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now() - start);
          channel.port2.postMessage(0);
        });
      }),
  );
  line(`“Show all ${rows}”, to the first frame`, round(all), 100);
  await page.close();
}

/** Puts the table between the marks of the page. */
function report() {
  const file = path.join(ROOT, 'docs/content/pages/explanation/large-sites.md');
  const lines = table.map(({ what, figure, limit, unit }) => `| ${what[0].toUpperCase()}${what.slice(1)} | ${figure} ${unit} | ${limit} ${unit} |`);
  const [{ model }] = cpus();
  const said = `Measured with ${count.toLocaleString('en')} capabilities on ${cpus().length} cores of ${model.trim()}:\n\n| what | figure | limit |\n|---|---|---|\n${lines.join('\n')}\n`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(## Figures \{#figures\}\n\n)[\s\S]*?(?=\n## |$)/, `$1${said}`));
}
