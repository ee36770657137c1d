// The decision matrix: filtered, sorted and shared by its address; over http, under a sub-path and from file://.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileUrl, launch, open } from './lib/browser.js';
import { violations } from './lib/axe.js';
import { levels, matrix, rank } from './lib/matrix.js';
import { serve } from './lib/server.js';
import { BASE_URL, SITE, SITE_BASE } from './lib/site.js';

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

/** Opens the matrix, gives it to `look`, and insists on a quiet console. */
async function visit(place, search, look, options) {
  const { page, problems, close } = await open(browser, options);
  await page.goto(`${PLACES[place]()}matrix.html${search}`);
  await look(matrix(page), page);
  assert.deepEqual(problems, []);
  await close();
}

const titles = (rows) => rows.map(({ title }) => title);

for (const place of Object.keys(PLACES)) {
  describe(place, () => {
    test('all rows show at first, and the address is bare', () =>
      visit(place, '', async (it) => {
        const total = await it.total();
        assert.ok(total >= 8, `${total} rows`);
        assert.equal((await it.rows()).length, total);
        assert.match(await it.count(), new RegExp(`^${total} of ${total} `));
        assert.equal(await it.search(), '');
      }));

    test('words to find filter the rows, whatever their case, and stand in the address', () =>
      visit(place, '', async (it) => {
        const expected = titles((await it.rows()).filter(({ text }) => text.includes('mesh')));
        await it.find.fill('mesh, traff');
        assert.ok((await it.rows()).length > 0, 'a comma is no word');
        await it.find.fill('MeSh');
        assert.deepEqual(titles(await it.rows()), expected);
        assert.ok(expected.length >= 1 && expected.length < (await it.total()), `${expected.length} rows`);
        assert.match(await it.count(), new RegExp(`^${expected.length} of `));
        assert.match(await it.said(), new RegExp(`^${expected.length} of `));
        assert.match(await it.search(), /^\?q=mesh$/i);
        await it.find.fill('');
        assert.equal((await it.rows()).length, await it.total());
        assert.equal(await it.search(), '');
      }));

    test('facets: OR within, AND across, counts say what a box would give', () =>
      visit(place, '', async (it) => {
        const all = await it.rows();
        const low = all.filter((row) => levels(row).includes('low'));
        const lowOrHigh = all.filter((row) => levels(row).includes('low') || levels(row).includes('high'));
        assert.match(await it.box('Complexity', /^low/i).evaluate((box) => box.labels[0].textContent), new RegExp(`\\b${low.length}$`));
        await it.box('Complexity', /^low/i).check();
        assert.deepEqual(titles(await it.rows()), titles(low));
        assert.equal(await it.search(), '?complexity=low');
        // The facet itself is left out of its own counts: choosing more there adds rows.
        const high = all.filter((row) => levels(row).includes('high')).length;
        assert.match(await it.box('Complexity', /^high/i).evaluate((box) => box.labels[0].textContent), new RegExp(`\\b${high}$`));
        // Counts of another facet follow.
        assert.match(await it.box('Layer', /./).first().evaluate((box) => box.labels[0].textContent), new RegExp(`\\b${low.length}$`));
        await it.box('Complexity', /^high/i).check();
        assert.deepEqual(titles(await it.rows()), titles(lowOrHigh));
        assert.equal(await it.search(), '?complexity=low,high');
        const word = lowOrHigh[0].title.toLowerCase().split(' ')[0];
        await it.find.fill(word);
        assert.deepEqual(titles(await it.rows()), titles(lowOrHigh.filter(({ text }) => text.includes(word))));
        await it.find.fill('');
        await it.box('Complexity', /^low/i).uncheck();
        await it.box('Complexity', /^high/i).uncheck();
        assert.equal((await it.rows()).length, all.length);
        assert.equal(await it.search(), '');
      }));

    test('sorted by complexity, up, down and back', () =>
      visit(place, '', async (it) => {
        const all = await it.rows();
        const header = it.header(/complexity/i);
        assert.equal(await header.getAttribute('aria-sort'), null);
        await it.sortButton(/complexity/i).click();
        assert.equal(await header.getAttribute('aria-sort'), 'ascending');
        assert.equal(await it.search(), '?sort=complexity');
        const up = await it.rows();
        assert.deepEqual(up.map(rank), all.map(rank).sort((a, b) => a - b));
        assert.notDeepEqual(titles(up), titles(all), 'the sample content is not in this order already');
        await it.sortButton(/complexity/i).click();
        assert.equal(await header.getAttribute('aria-sort'), 'descending');
        assert.equal(await it.search(), '?sort=-complexity');
        assert.deepEqual((await it.rows()).map(rank), all.map(rank).sort((a, b) => b - a));
        await it.sortButton(/complexity/i).click();
        assert.equal(await header.getAttribute('aria-sort'), null);
        assert.deepEqual(titles(await it.rows()), titles(all));
        assert.equal(await it.search(), '');
        await it.sortButton(/capability/i).click();
        assert.deepEqual(titles(await it.rows()), titles(all).sort((a, b) => a.localeCompare(b, 'en')));
        assert.equal(await it.header(/complexity/i).getAttribute('aria-sort'), null);
      }));

    test('the address restores what was shared', async () => {
      let shared;
      let seen;
      await visit(place, '', async (it) => {
        await it.box('Complexity', /^medium/i).check();
        await it.box('Layer', /./).first().check();
        await it.find.fill('service');
        await it.sortButton(/complexity/i).click();
        await it.sortButton(/complexity/i).click();
        shared = await it.search();
        seen = titles(await it.rows());
        assert.ok(seen.length > 1 && seen.length < (await it.total()), `${seen.length} rows`);
      });
      assert.match(shared, /^\?layer=[a-z0-9-]+&complexity=medium&sort=-complexity&q=service$/);
      await visit(place, shared, async (it) => {
        assert.deepEqual(titles(await it.rows()), seen);
        assert.ok(await it.box('Complexity', /^medium/i).isChecked());
        assert.ok(await it.box('Layer', /./).first().isChecked());
        assert.ok(!(await it.box('Complexity', /^low/i).isChecked()));
        assert.equal(await it.find.inputValue(), 'service');
        assert.equal(await it.header(/complexity/i).getAttribute('aria-sort'), 'descending');
        assert.match(await it.count(), new RegExp(`^${seen.length} of `));
        assert.equal(await it.search(), shared);
      });
    });

    test('an address with unknown keys and values still works, and says what it leaves out', () =>
      visit(place, '?complexity=low,absurd&colour=blue&sort=taste', async (it, page) => {
        const notice = await page.getByText(/colour/).filter({ visible: true }).innerText();
        for (const word of ['absurd', 'colour', 'taste']) assert.ok(notice.includes(word), notice);
        const rows = await it.rows();
        assert.ok(rows.length > 0 && rows.every((row) => levels(row).includes('low')));
      }));

    test('a filter by verdict in an address without a situation says what is missing', () =>
      visit(place, '?verdict=adopt', async (it, page) => {
        assert.match(await page.locator('.matrix-notice').innerText(), /^The address filters or sorts by verdict\. Verdicts need a situation/);
        assert.match(await it.count(), /^(\d+) of \1 /);
      }));

    test('a filter by a verdict that nothing has is one, and nothing unknown', () =>
      visit(place, '?verdict=adopt#s=1&developers=3', async (it, page) => {
        assert.match(await it.count(), /^0 of /);
        assert.ok(await page.locator('.matrix-notice').isHidden());
        assert.ok(await it.box('Verdict', /^Worthwhile/).isChecked(), 'it can be seen, and let go of');
        await page.getByRole('button', { name: /^Verdict: Worthwhile/ }).click();
        assert.match(await it.count(), /^(\d+) of \1 /);
      }));

    test('nothing matches: the message names the filter to drop, and drops it', () =>
      visit(place, '?q=zzzunheardof&complexity=low', async (it, page) => {
        assert.deepEqual(await it.rows(), []);
        assert.match(await it.count(), /^0 of /);
        assert.match(await it.said(), /^0 of /);
        const drop = page.getByRole('button', { name: /zzzunheardof/ });
        assert.ok(await drop.isVisible());
        assert.ok(!(await page.getByRole('table').isVisible()), 'no empty table');
        await drop.click();
        const rows = await it.rows();
        assert.ok(rows.length > 0 && rows.every((row) => levels(row).includes('low')));
        assert.equal(await it.search(), '?complexity=low');
        assert.ok(await it.find.evaluate((box) => box === document.activeElement), 'focus has not been lost');
      }));

    test('without scripts all rows show, and no control that would do nothing', () =>
      visit(place, '?complexity=low&q=mesh', async (it, page) => {
        assert.equal((await page.locator('tbody tr').filter({ visible: true }).count()), await it.total());
        for (const role of ['searchbox', 'checkbox', 'combobox', 'button']) {
          assert.equal(await page.getByRole(role).filter({ visible: true }).count(), 0, role);
        }
        assert.match(await page.locator('main').innerText(), /\b8\scapabilities\b|\b\d+\scapabilities\b/);
      }, { scripts: false }));
  });
}

test('nothing matches alone: words and filters that exclude each other', () =>
  visit('over http', '', async (it, page) => {
    const all = await it.rows();
    const other = all.find((row) => !levels(row).includes('low'));
    await it.box('Complexity', /^low/i).check();
    await it.find.fill(other.title);
    assert.deepEqual(await it.rows(), all.filter((row) => levels(row).includes('low') && row.text.includes(other.title.toLowerCase())));
    assert.ok(await page.getByRole('button', { name: /complexity.*low/i }).isVisible(), 'the facet is offered');
    assert.ok(await page.getByRole('button', { name: new RegExp(other.title, 'i') }).isVisible(), 'the words are offered');
    await page.getByRole('button', { name: /clear/i }).click();
    assert.equal((await it.rows()).length, all.length);
    assert.equal(await it.search(), '');
  }));

test('keyboard only: find, choose, sort', () =>
  visit('over http', '', async (it, page) => {
    const total = await it.total();
    const tabTo = async (locator) => {
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press('Tab');
        if (await locator.evaluate((element) => element === document.activeElement)) return;
      }
      assert.fail('Tab does not get there');
    };
    await tabTo(it.find);
    await page.keyboard.type('service');
    const found = (await it.rows()).length;
    assert.ok(found > 0 && found < total);
    await tabTo(it.box('Complexity', /^medium/i));
    await page.keyboard.press('Space');
    assert.ok((await it.rows()).every((row) => levels(row).includes('medium')));
    await tabTo(it.sortButton(/complexity/i));
    await page.keyboard.press('Enter');
    assert.equal(await it.header(/complexity/i).getAttribute('aria-sort'), 'ascending');
    assert.ok(await it.sortButton(/complexity/i).evaluate((element) => element === document.activeElement), 'focus stays on the button');
    await page.keyboard.press('Space');
    assert.equal(await it.header(/complexity/i).getAttribute('aria-sort'), 'descending');
    assert.match(await it.search(), /complexity=medium&sort=-complexity&q=service$/);
  }));

test('narrow: filters unfold, sorting has a select, rows are cards', () =>
  visit('over http', '', async (it, page) => {
    assert.ok(!(await it.find.isVisible()), 'filters are folded');
    const toggle = page.getByRole('button', { name: /^filters/i });
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
    await toggle.click();
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
    await it.box('Complexity', /^low/i).check();
    assert.ok((await it.rows()).every((row) => levels(row).includes('low')));
    assert.match(await toggle.innerText(), /1/);
    const option = await it.sortSelect.locator('option').evaluateAll((options) => options.map(({ value }) => value));
    assert.ok(option.includes('-complexity'), option.join(' '));
    await it.sortSelect.selectOption('-complexity');
    const ranks = (await it.rows()).map(rank);
    assert.deepEqual(ranks, [...ranks].sort((a, b) => b - a));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  }, { width: 390 }));

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    test(`accessible in every state: ${colorScheme} at ${width} px`, async () => {
      for (const search of ['?complexity=low&sort=-complexity', '?q=zzz', '?colour=blue']) {
        await visit('over http', search, async (it, page) => {
          const toggle = page.getByRole('button', { name: /^filters/i });
          if (await toggle.isVisible()) await toggle.click();
          assert.deepEqual(await violations(page), [], search);
        }, { width, colorScheme });
      }
    });
  }
}

test('with a situation every verdict stands on one line at 1280 px', () =>
  visit('over http', '#s=1&compliance=gdpr&debug_hours_per_incident=2&developers=12&microservices=8&needs_mtls=false&network_policies_suffice=true', async (it, page) => {
    const badges = page.locator('tbody .verdict');
    await badges.first().waitFor();
    const found = await badges.evaluateAll((all) => all.map((badge) => ({ word: badge.textContent.trim(), height: badge.getBoundingClientRect().height, line: parseFloat(getComputedStyle(badge).lineHeight) })));
    assert.ok(found.some(({ word }) => word === 'Probably worthwhile'), found.map(({ word }) => word).join(', '));
    for (const { word, height, line } of found) assert.ok(height < 2 * line, `${word}: ${height} px`);
  }));

test('CSV and JSON can be downloaded and hold every row', () =>
  visit('over http', '', async (it, page) => {
    const expected = titles(await it.rows()).sort();
    const download = async (name) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).filter({ visible: true }).first().click()]);
      return readFileSync(await file.path(), 'utf8');
    };
    const records = parseCsv(await download(/csv/i));
    const [head, ...lines] = records;
    assert.ok(lines.every((line) => line.length === head.length), 'every record has every field');
    const title = head.indexOf('title');
    assert.notEqual(title, -1, head.join(','));
    assert.deepEqual(lines.map((line) => line[title]).sort(), expected);
    const json = JSON.parse(await download(/json/i));
    const list = Object.values(json).find((value) => Array.isArray(value) && value.length === expected.length);
    assert.deepEqual(list?.map((row) => row.title).sort(), expected);
  }));

/** Records of RFC 4180 text. */
function parseCsv(text) {
  const records = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = field.exec(text); match && field.lastIndex <= text.length; match = field.exec(text)) {
    records.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === '') break;
    if (match[3] !== ',') {
      if (field.lastIndex === text.length) break;
      records.push([]);
    }
  }
  return records;
}
