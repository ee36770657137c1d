// The comparison of options: two or three of them, only where they differ, by address; what fits a situation.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, launch, open } from './lib/browser.js';
import { violations } from './lib/axe.js';
import { serve } from './lib/server.js';
import { BASE_URL, SITE, SITE_BASE } from './lib/site.js';

const FILE = 'trade-offs/distributed-tracing.html';
const SITUATION = '#s=1&compliance=gdpr&debug_hours_per_incident=2&microservices=8&stack=grafana';

let browser;
let server;
let under;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
  under = await serve(SITE_BASE, new URL(BASE_URL).pathname);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await under?.close();
});

const PLACES = {
  'over http': () => server.url,
  'under a sub-path': () => under.url,
  'from file://': () => fileUrl(SITE),
};

/** Opens the comparison, gives its parts to `look`, and insists on a quiet console. */
async function visit(place, address, look, options) {
  const { page, problems, close } = await open(browser, options);
  await page.goto(`${PLACES[place]()}${FILE}${address}`);
  await look({
    page,
    pill: (name) => page.getByRole('group', { name: 'Compare only' }).getByRole('checkbox', { name }),
    differences: page.getByRole('checkbox', { name: 'Only where they differ' }),
    all: page.getByRole('button', { name: 'Show all' }),
    heads: () => texts(page, 'thead th:not(:first-child)'),
    criteria: () => texts(page, 'tbody th'),
    row: (name) => page.locator('tbody tr').filter({ has: page.locator('th', { hasText: name }) }).locator('td'),
    search: () => new URL(page.url()).search,
  });
  assert.deepEqual(problems, []);
  await close();
}

const KEEP = 'Keep what you have';
const ALL = [KEEP, 'OpenTelemetry + Jaeger', 'OpenTelemetry + Tempo', 'Cloud provider (X-Ray, AppInsights)', 'Zipkin'];

for (const place of Object.keys(PLACES)) {
  describe(place, () => {
    test('every option and every criterion shows at first, and the address is bare', () =>
      visit(place, '', async ({ heads, criteria, all, search }) => {
        assert.deepEqual(await heads(), ALL);
        assert.deepEqual((await criteria()).slice(0, 3), ['Use when', 'Gives', 'Costs']);
        assert.equal(await all.isVisible(), false);
        assert.equal(search(), '');
      }));

    test('picked options stand beside what one has, in the order of the page, and in the address', () =>
      visit(place, '', async ({ pill, heads, search, all, page }) => {
        await pill('Zipkin').check();
        await pill('OTel + Jaeger').check();
        assert.deepEqual(await heads(), [KEEP, ALL[1], 'Zipkin']);
        assert.equal(search(), '?a=opentelemetry-jaeger&b=zipkin');
        await all.click();
        assert.deepEqual(await heads(), ALL);
        assert.equal(search(), '');
        assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the focus is not lost');
      }));

    test('an address shows what it says, in any order, and what it does not know is named', () =>
      visit(place, '?b=zipkin&a=opentelemetry-tempo&c=nothing&differences=only&x=1', async ({ heads, pill, differences, page }) => {
        assert.deepEqual(await heads(), [KEEP, ALL[2], 'Zipkin']);
        assert.ok(await pill('Zipkin').isChecked());
        assert.ok(await differences.isChecked());
        const notice = await page.locator('.matrix-notice').innerText();
        assert.ok(notice.includes('c=nothing') && notice.includes('x=1'), notice);
      }));

    test('a situation adds a row that says what fits, and why; it stays in the address', () =>
      visit(place, `?a=opentelemetry-tempo&b=zipkin${SITUATION}`, async ({ row, criteria, pill, page }) => {
        await page.locator('tr.for-you').waitFor();
        assert.equal((await criteria())[0], 'For you');
        const cells = await row('For you').filter({ visible: true }).allInnerTexts();
        assert.equal(cells.length, 3);
        assert.match(cells[1], /^\s*Fits\s+.*Already on the Grafana stack.*stack = grafana/s);
        assert.match(cells[2], /^\s*Does not fit/);
        await pill('OTel + Jaeger').check();
        assert.equal(await row('For you').filter({ visible: true }).count(), 4);
        assert.ok(page.url().endsWith(SITUATION), page.url());
      }));
  });
}

test('rows with columns of their own are compared as options are, beside what one has', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}trade-offs/security-auditing.html?b=vault-audit&differences=only#s=1&compliance=gdpr&stack=vault`);
  await page.locator('tr.for-you').waitFor();
  assert.deepEqual(await texts(page, 'thead th:not(:first-child)'), [KEEP, 'Vault audit']);
  const [keep, vault] = await page.locator('tr.for-you td').filter({ visible: true }).allInnerTexts();
  assert.match(keep, /Undecided/);
  assert.match(vault, /Fits[\s\S]*stack = vault/);
  // What has no reason to be used in one situation rather than another has no row for it.
  await page.goto(`${server.url}trade-offs/observability-extension.html?a=critical&b=info#s=1&compliance=gdpr`);
  await page.locator('.page-head .yours').waitFor();
  assert.deepEqual(await texts(page, 'thead th:not(:first-child)'), [KEEP, 'CRITICAL', 'INFO']);
  assert.deepEqual(await texts(page, 'tbody th'), ['Trigger', 'Action', 'Destination', 'Example']);
  assert.deepEqual(problems, []);
  await close();
});

test('only differences: a row goes where the options that show say the same, and comes back', () =>
  visit('over http', '', async ({ criteria, differences, pill, row }) => {
    const before = await criteria();
    await pill('OTel + Jaeger').check();
    await pill('Zipkin').check();
    await differences.check();
    const after = await criteria();
    const same = before.filter((name) => !after.includes(name));
    assert.ok(same.length > 0 && after.length > 0, `${same} of ${before}`);
    for (const name of before) {
      const [, jaeger, , , zipkin] = await row(name).evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
      assert.equal(jaeger === zipkin, same.includes(name), `${name}: ${jaeger} | ${zipkin}`);
    }
    await differences.uncheck();
    assert.deepEqual(await criteria(), before);
  }));

test('a change is said once, in numbers', () =>
  visit('over http', '', async ({ pill, page }) => {
    const status = page.locator('[data-status][role=status]');
    assert.equal(await status.textContent(), '');
    await pill('Zipkin').check();
    assert.match(await status.textContent(), /^1 of 4 options, \d+ of \d+ criteria$/);
    assert.equal(await page.evaluate(() => document.activeElement.value), 'zipkin', 'the focus stays');
  }));

test('heads stay in sight while the rows scroll', () =>
  visit('over http', '', async ({ page }) => {
    await page.evaluate(() => scrollTo(0, document.querySelector('tbody tr:last-child').getBoundingClientRect().top + scrollY - 120));
    const top = await page.locator('thead th').nth(1).evaluate((cell) => cell.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 2, `${top}`);
  }, { height: 400 }));

test('on a narrow screen the rows stack by criterion, and every cell names its option', () =>
  visit('over http', '?a=zipkin', async ({ page }) => {
    const found = await page.evaluate(() => {
      const row = document.querySelector('tbody tr');
      const cells = [...row.cells].filter((cell) => cell.checkVisibility());
      return { tops: cells.map((cell) => cell.getBoundingClientRect().top), labels: cells.slice(1).map((cell) => getComputedStyle(cell, '::before').content) };
    });
    assert.deepEqual(found.labels, ['"Keep what you have"', '"Zipkin"']);
    assert.deepEqual(found.tops, [...found.tops].sort((a, b) => a - b));
    assert.equal(new Set(found.tops).size, 3);
  }, { width: 390 }));

test('no violations with options picked and a situation set, in either theme', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 320]) {
      await visit('over http', `?a=opentelemetry-tempo&b=zipkin&differences=only${SITUATION}`, async ({ page }) => {
        await page.locator('tr.for-you').waitFor();
        assert.deepEqual(await violations(page), []);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      }, { colorScheme, width });
    }
  }
});

/** The texts of what shows, without the notes under them. */
function texts(page, selector) {
  return page.evaluate((wanted) =>
    [...document.querySelectorAll(wanted)]
      .filter((element) => !element.hidden && !element.closest('[hidden]'))
      .map((element) => (element.querySelector('a') ?? element.firstChild).textContent.trim()), selector);
}
