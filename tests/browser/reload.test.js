// The development server as an author sees it: an edit reloads the pages that it changes and no other, the reader's place in
// them is kept, styles are swapped, and what is wrong stands over the last good page until it is mended.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, open } from './lib/browser.js';

const program = process.env.PROGRAM ?? ['release', 'debug'].map((profile) => fileURLToPath(new URL(`../../target/${profile}/worthwhile`, import.meta.url))).find((file) => existsSync(file));
const home = mkdtempSync(path.join(tmpdir(), 'worthwhile-reload-'));
const site = path.join(home, 'mine');
const at = (file) => path.join(site, file);

const PROSE = 'content/capabilities/automated-rollback.md';
const YAML = 'content/capabilities/automated-rollback.yaml';
const STYLE = 'themes/mine/styles/tokens.css';

let browser;
let server;
let url;

before(async () => {
  execFileSync(program, ['init', site], { stdio: 'pipe' });
  execFileSync(program, ['theme', 'eject', 'styles/tokens.css', '--dir', site], { stdio: 'pipe' });
  edit('content/site.yaml', (text) => `${text}theme: mine\n`);
  server = spawn(program, ['serve', site, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  url = await new Promise((resolve, reject) => {
    const lines = createInterface({ input: server.stderr });
    lines.on('line', (line) => {
      const found = / at (http:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
    server.on('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(home, { recursive: true, force: true });
});

/** Saves as editors do, beside and by a rename; returns what mends it. */
function edit(file, change) {
  const old = readFileSync(at(file), 'utf8');
  const save = (text) => {
    writeFileSync(at(`${file}~`), text);
    renameSync(at(`${file}~`), at(file));
  };
  const text = change(old);
  assert.notEqual(text, old, `the edit of ${file} changes it`);
  save(text);
  return () => save(old);
}

/** A page that is not the same after it was reloaded. */
async function visit(route, options) {
  const opened = await open(browser, options);
  // Event streams end when a page goes: that is no failure.
  const problems = () => opened.problems.filter((problem) => !problem.includes('/__worthwhile/events'));
  await opened.page.goto(url + route);
  await opened.page.evaluate(() => { globalThis.kept = true; });
  const kept = () => opened.page.evaluate(() => globalThis.kept === true);
  const reloaded = () => opened.page.waitForFunction(() => globalThis.kept !== true && document.readyState === 'complete');
  return { ...opened, problems, kept, reloaded };
}

/** Waits until the page was told of the newest build. */
async function told(page) {
  await page.evaluate(() => new Promise((resolve) => {
    const events = new EventSource(`/__worthwhile/events?page=${encodeURIComponent(location.pathname)}`);
    events.addEventListener('message', () => { events.close(); resolve(); }, { once: true });
  }));
  await page.waitForTimeout(200);
}

const overlay = (page) => page.locator('worthwhile-overlay section');

test('an edit of prose reloads the pages that it changes, and no other', async () => {
  const changed = await visit('capabilities/automated-rollback.html');
  const others = await Promise.all(['layers/basics.html', 'matrix.html', 'assess.html', 'index.html', 'capabilities/load-testing.html'].map((route) => visit(route)));
  const mend = edit(PROSE, (text) => `${text}\nA sentence that is new.\n`);
  await changed.page.getByText('A sentence that is new.').waitFor();
  assert.ok(!(await changed.kept()), 'the page was reloaded');
  for (const other of others) {
    await told(other.page);
    assert.ok(await other.kept(), `${other.page.url()} shows the same and is not reloaded`);
    assert.deepEqual(other.problems(), []);
    await other.close();
  }
  assert.deepEqual(changed.problems(), []);
  mend();
  await changed.page.getByText('A sentence that is new.').waitFor({ state: 'detached' });
  await changed.close();
});

test('the place in the page and what was opened are kept', async () => {
  const it = await visit('assess.html', { height: 500 });
  const details = it.page.locator('details.rules', { hasText: 'Automated rollback' });
  await details.locator('summary').click();
  await it.page.evaluate(() => scrollTo(0, 400));
  const before = await it.page.evaluate(() => scrollY);
  assert.ok(before > 300, `the page is long enough: ${before}`);
  const mend = edit(YAML, (text) => text.replace(/text: /, 'text: Really, '));
  await it.reloaded();
  await it.page.waitForFunction((y) => Math.abs(scrollY - y) < 2, before);
  assert.equal(await details.getAttribute('open'), '', 'the details are open');
  assert.equal(await it.page.locator('details.rules[open]').count(), 1, 'and no other');
  assert.match(await details.textContent(), /Really, /);
  assert.deepEqual(it.problems(), []);
  mend();
  await it.close();
});

test('the filters of the matrix are kept', async () => {
  const it = await visit('matrix.html');
  const find = it.page.locator('.filters input[type=search]');
  await find.fill('load');
  await it.page.waitForURL(/[?]q=load/);
  const shown = it.page.locator('[data-matrix] tbody tr:visible');
  assert.equal(await shown.count(), 1);
  const mend = edit('content/capabilities/load-testing.yaml', (text) => text.replace(/^title: .*/m, 'title: Load and stress tests'));
  await it.reloaded();
  await it.page.getByText('Load and stress tests').first().waitFor();
  assert.equal(await find.inputValue(), 'load');
  assert.equal(await shown.count(), 1);
  assert.deepEqual(it.problems(), []);
  mend();
  await it.close();
});

test('a changed style is swapped without a reload', async () => {
  const it = await visit('capabilities/automated-rollback.html');
  const mend = edit(STYLE, (text) => `${text}\nbody { outline: rgb(1, 2, 3) solid 7px }\n`);
  await it.page.waitForFunction(() => getComputedStyle(document.body).outlineWidth === '7px');
  assert.ok(await it.kept(), 'the page is the same');
  mend();
  await it.page.waitForFunction(() => getComputedStyle(document.body).outlineWidth !== '7px');
  assert.ok(await it.kept());
  await it.page.waitForFunction(() => document.querySelectorAll('link[rel~=stylesheet]').length === 1);
  assert.deepEqual(it.problems(), []);
  await it.close();
});

test('what is wrong stands over the last good page, escaped, until it is mended', async () => {
  const it = await visit('capabilities/automated-rollback.html');
  const title = await it.page.locator('h1').textContent();
  const mendOne = edit(YAML, (text) => `${text}"<img src=x onerror=fired=1>": 1\n`);
  await overlay(it.page).getByText('<img src=x onerror=fired=1>').first().waitFor();
  const mendTwo = edit('content/cases/small-shop.yaml', (text) => `${text}nonsense: 1\n`);
  await overlay(it.page).getByText('nonsense').first().waitFor();
  assert.equal(await overlay(it.page).locator('li').count(), 2, 'every diagnostic');
  assert.equal(await overlay(it.page).locator('img, script').count(), 0, 'text stays text');
  assert.match(await overlay(it.page).textContent(), /automated-rollback\.yaml:\d+:\d+/);
  assert.match(await overlay(it.page).textContent(), /small-shop\.yaml:\d+:\d+/);
  assert.equal(await it.page.locator('h1').textContent(), title, 'the last good page');
  assert.ok(await it.kept(), 'and it was not even reloaded');
  assert.equal(await it.page.evaluate(() => globalThis.fired), undefined);

  // Whoever comes now sees the last good site too, and what is wrong with the edit.
  const other = await visit('layers/basics.html');
  await overlay(other.page).waitFor();
  assert.ok(await other.page.locator('h1').isVisible());
  await other.close();

  await overlay(it.page).getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await overlay(it.page).count(), 0, 'dismissed');
  mendTwo();
  // Something else is wrong now: that is news.
  await overlay(it.page).waitFor();
  assert.equal(await overlay(it.page).locator('li').count(), 1);
  await it.page.keyboard.press('Escape');
  assert.equal(await overlay(it.page).count(), 0, 'dismissed by the keyboard');
  const mendThree = edit('content/cases/small-shop.yaml', (text) => `${text}nonsense: 1\n`);
  await overlay(it.page).waitFor();
  mendThree();
  mendOne();
  await overlay(it.page).waitFor({ state: 'detached' });
  assert.ok(await it.kept(), 'mended as it was: nothing to reload');
  assert.deepEqual(it.problems(), []);
  await it.close();
});
