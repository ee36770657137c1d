// The assessment as a reader uses it: the interview by keyboard alone, the verdicts, the address, what other pages make of it.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { violations } from './lib/axe.js';
import { fileUrl, launch, open } from './lib/browser.js';
import { worthwhile } from './lib/scripts.js';
import { serve } from './lib/server.js';
import { BASE_URL, SITE, SITE_BASE, files, readText } from './lib/site.js';

const { rules, engine } = worthwhile(['assess-engine.js'], readText(files().find((name) => /^assets\/rules\./.test(name))));
const compiled = engine.compile(rules);
const ROOT = path.resolve(import.meta.dirname, '../..');
/** The program that built the site; tests/run says which. */
const PROGRAM = process.env.PROGRAM ?? path.join(ROOT, 'target/debug/worthwhile');
const webshop = rules.cases.find(({ id }) => id === 'dutch-webshop');
const labels = Object.fromEntries(Object.entries(rules.verdicts).map(([verdict, { label }]) => [verdict, label]));

/** A profile in an address, as the contract says it. */
const fragment = (profile) =>
  ['s=1', ...Object.keys(profile).sort().map((id) => `${id}=${profile[id] === null ? '?' : profile[id]}`)].join('&');

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

/** Opens a page, gives it to `look`, and insists on a quiet console. */
async function visit(place, address, look, options) {
  const { page, problems, close } = await open(browser, options);
  await page.goto(PLACES[place]() + address);
  await look(page);
  assert.deepEqual(problems, []);
  await close();
}

const question = (page) => page.locator('form legend');
const hash = (page) => new URL(page.url()).hash.slice(1);
const focused = (page) => page.evaluate(() => document.activeElement !== document.body && document.activeElement.checkVisibility());

/** The record that the program writes. */
const decided = (capability, option, id, date) =>
  execFileSync(PROGRAM, ['decide', capability, '--option', option, '--case', id, '--date', date, '--dir', ROOT], { encoding: 'utf8' });

/** The groups of verdicts as they show: label → titles. */
const groups = (page) =>
  page.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll('[data-verdicts] section')].map((section) => [section.querySelector('h2').textContent.trim(), [...section.querySelectorAll('h3')].map((title) => title.textContent.trim())])),
  );

/** The same, from the rules. */
const expectedGroups = (profile) => {
  const found = {};
  compiled.verdicts(profile).forEach(({ verdict }, n) => (found[labels[verdict]] ??= []).push(rules.capabilities[n].title));
  return found;
};
const sorted = (grouped) => Object.fromEntries(Object.entries(grouped).sort().map(([label, titles]) => [label, [...titles].sort()]));

for (const place of Object.keys(PLACES)) {
  describe(place, () => {
    test('start from the webshop: its verdicts, in groups, and its answers in the address', () =>
      visit(place, 'assess.html', async (page) => {
        assert.equal(hash(page), '');
        await page.getByRole('button', { name: webshop.title }).click();
        assert.deepEqual(sorted(await groups(page)), sorted(expectedGroups(webshop.facts)));
        assert.equal(hash(page), fragment(webshop.facts));
        assert.ok(await focused(page), 'focus has not been lost');
        await page.goBack();
        assert.equal(hash(page), '');
        assert.deepEqual(await groups(page), {});
      }));

    test('the address restores what was shared, ranges and "I don’t know" too; links carry it on', () =>
      visit(place, 'assess.html#s=1&compliance=gdpr,dora&ha_in_place=?&microservices=8&one_region_limits=&rto_hours=5..10', async (page) => {
        const profile = { compliance: ['gdpr', 'dora'], ha_in_place: null, microservices: 8, one_region_limits: [], rto_hours: { min: 5, max: 10 } };
        assert.deepEqual(sorted(await groups(page)), sorted(expectedGroups(profile)));
        const answers = await page.locator('[data-answers] > dl > div:not(.unanswered)').allInnerTexts();
        assert.equal(answers.length, 5, answers.join('; '));
        for (const words of [/8\smicroservices/, /GDPR, DORA/, /I don’t know/, /5 to 10\shours/, /none/i]) assert.ok(answers.some((text) => words.test(text)), String(words));
        await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Matrix' }).click();
        await page.waitForURL(/matrix\.html#s=1&compliance=gdpr,dora&ha_in_place=\?&microservices=8&one_region_limits=&rto_hours=5\.\.10$/);
        await page.getByText('5 answers').waitFor();
      }));

    test('a capability, a fact and the matrix show what the situation makes of them', () =>
      visit(place, `capabilities/service-mesh.html#${fragment(webshop.facts)}`, async (page) => {
        const panel = page.getByRole('region', { name: 'For your situation' });
        await panel.waitFor();
        assert.match(await panel.innerText(), new RegExp(`${labels.skip}[\\s\\S]*Speaks for it[\\s\\S]*Network policies[\\s\\S]*mTLS`));
        assert.equal(await page.locator('.fit').count(), 4);
        // Every statement with a condition says its state; those that the verdict rests on say that they decide.
        const mesh = rules.capabilities.findIndex(({ id }) => id === 'service-mesh');
        const { truths, because } = compiled.assess(webshop.facts).capabilities[mesh];
        const said = await page.locator('.statement-state').evaluateAll((all) => all.map((one) => [one.querySelector('b').textContent, one.innerText.includes('Decides'), one.closest('li').matches('.decides')]));
        assert.equal(said.length, truths.length);
        const word = { true: 'Holds', false: 'Does not hold', null: 'Unknown' };
        assert.deepEqual(said.map(([state]) => state).sort(), [...truths].map((truth) => word[truth]).sort());
        assert.equal(said.filter(([, decides]) => decides).length, because.length);
        assert.ok(said.every(([, decides, bar]) => decides === bar));
        await page.goto(`${PLACES[place]()}triggers/service-mesh.many-services.html#${fragment(webshop.facts)}`);
        await page.locator('.page-head .statement-state', { hasText: 'Holds' }).waitFor();
        assert.match(await page.locator('.page-head').innerText(), new RegExp(`microservices = 8[\\s\\S]*${labels.skip}`));
        await page.goto(`${PLACES[place]()}facts/microservices.html#${fragment(webshop.facts)}`);
        await page.getByText('You: 8 microservices').waitFor();
        assert.equal(await page.locator('.number-line .reached').count(), 1);
        await page.goto(`${PLACES[place]()}matrix.html?verdict=adopt#${fragment(webshop.facts)}`);
        await page.getByRole('columnheader', { name: 'Verdict' }).waitFor();
        const adopted = compiled.verdicts(webshop.facts).filter(({ verdict }) => verdict === 'adopt').length;
        await page.getByText(`${adopted} of ${rules.capabilities.length} capabilities`).first().waitFor();
        const rows = await page.locator('tbody tr').filter({ visible: true }).allInnerTexts();
        assert.equal(rows.length, adopted);
        assert.ok(rows.every((row) => /worthwhile/i.test(row)));
        await page.getByRole('columnheader', { name: 'Verdict' }).getByRole('button').click();
        await page.waitForURL(/\?verdict=adopt&sort=verdict#s=1/);
      }));
  });
}

test('the interview by keyboard alone, until all is settled: every answer a few keys away, focus never lost, the news told', () =>
  visit('over http', 'assess.html', async (page) => {
    const press = async (key) => {
      await page.keyboard.press(key);
      assert.ok(await focused(page), `focus is lost after ${key}`);
    };
    const toAnswer = async (most) => {
      for (let stop = 0; !(await page.evaluate(() => document.activeElement.matches('form input'))); stop += 1) {
        assert.ok(stop < most, 'no answer is near');
        await page.keyboard.press('Tab');
      }
    };
    /** The question that shows, or what stands in its place at the end. */
    const heading = page.locator('[data-question] :is(legend, h2)');
    const asked = [];
    let text = await heading.innerText();
    // To the first question: from the top of the page. To the others: from the question, where focus is.
    await toAnswer(30);
    while (await question(page).count()) {
      assert.ok(!asked.includes(text), `asked twice: ${text}`);
      assert.ok(asked.length < rules.facts.length, 'it does not end');
      asked.push(text);
      if (await page.evaluate(() => document.activeElement.type === 'radio' && document.activeElement.value === 'number')) {
        await press('Tab');
        await page.keyboard.type('3');
      } else {
        await press('Space');
      }
      await press('Enter');
      // The answer is taken, and the news tells what comes next.
      await heading.filter({ hasNotText: text }).waitFor();
      text = await heading.innerText();
      await page.locator('[data-said]').filter({ hasText: text }).waitFor({ state: 'attached' });
      assert.ok(await heading.evaluate((element) => element === document.activeElement), `focus is on: ${text}`);
      if (asked.length === 5) assert.deepEqual(await violations(page), [], 'half-way');
      if (await question(page).count()) await toAnswer(4);
    }
    assert.ok(asked.length > 5, asked.join('; '));
    assert.equal(hash(page).split('&').length, asked.length + 1, 'every answer is in the address');
    const found = await page.evaluate(() => {
      const { engine, rules, words } = globalThis.worthwhile;
      const { profile } = words.parse(location.hash.slice(1));
      return { profile, ending: words.settled, progress: engine.compile(rules).assess(profile).progress };
    });
    assert.equal(found.progress, 'settled');
    assert.equal(text, found.ending);
    assert.deepEqual(sorted(await groups(page)), sorted(expectedGroups(found.profile)));
    assert.ok(compiled.verdicts(found.profile).every(({ settled }) => settled));
    assert.deepEqual(await violations(page), [], 'at the end');
  }));

test('"I don’t know" is an answer: it is kept, and not asked again', () =>
  visit('over http', 'assess.html', async (page) => {
    const first = await question(page).innerText();
    await page.locator('form').getByLabel('I don’t know').check();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    assert.notEqual(await question(page).innerText(), first);
    assert.match(hash(page), /^s=1&\w+=\?$/);
    assert.match(await page.locator('[data-answers] > dl').innerText(), /I don’t know/);
  }));

test('an answer is changed and removed, and focus goes back to it', () =>
  visit('over http', 'assess.html#s=1&microservices=8', async (page) => {
    const change = page.getByRole('button', { name: 'Change Microservices' });
    await change.click();
    assert.equal(await page.locator('input.number').first().inputValue(), '8');
    await page.locator('input.number').first().fill('2.5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    assert.match(await page.getByRole('alert').innerText(), /whole number/);
    await page.locator('input.number').first().fill('5');
    await page.locator('input.number').last().fill('10');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    assert.equal(hash(page), 's=1&microservices=5..10');
    assert.ok(await change.evaluate((element) => element === document.activeElement));
    await change.click();
    await page.getByRole('button', { name: 'Remove this answer' }).click();
    assert.equal(hash(page), '');
    assert.ok(await focused(page));
  }));

const begun = Object.fromEntries(Object.entries(webshop.facts).slice(0, 8));

test('an answer leaves what does not hang on it in place, and the page is the one that its address opens', () =>
  visit('over http', `assess.html#${fragment(begun)}`, async (page) => {
    const verdicts = page.locator('[data-verdicts]');
    const heads = () => verdicts.locator('li h3').evaluateAll((all) => all.map((head) => head.closest('li').kept ?? ''));
    await verdicts.locator('section > ul > li').evaluateAll((all) => all.forEach((item) => (item.kept = item.querySelector('h3').textContent)));
    const fresh = await page.context().newPage();
    /** The verdicts as they stand, but for what the reader opened. */
    const shown = (of) => of.locator('[data-verdicts]').evaluate((element) => element.innerHTML.replaceAll(' open=""', ''));
    const asOpened = async () => {
      await fresh.goto('about:blank');
      await fresh.goto(page.url());
      assert.equal(await shown(page), await shown(fresh), page.url());
    };
    const more = verdicts.locator('details.more').first();
    await more.locator('summary').click();
    const opened = await more.locator('xpath=ancestor::li[1]').locator('h3').innerText();
    let stayed = 0;
    for (let n = 0; n < 5; n += 1) {
      const before = await heads();
      await page.locator('form.question input').first().check();
      if (await page.locator('form.question input.number').count()) await page.locator('form.question input.number').first().fill('40');
      await page.getByRole('button', { name: 'Save and continue' }).click();
      const now = (await heads()).filter(Boolean);
      stayed += now.length;
      assert.ok(now.every((name) => before.includes(name)));
      if (now.includes(opened)) assert.ok(await verdicts.locator('li', { has: page.getByRole('heading', { name: opened, exact: true }) }).locator('details.more').first().evaluate(({ open }) => open));
      await asOpened();
    }
    assert.ok(stayed > 5, `${stayed} of ${5 * rules.capabilities.length} stayed`);
    assert.ok((await heads()).includes(''), 'what an answer concerned was made anew');
    for (let n = 0; n < 5; n += 1) {
      await page.goBack();
      await asOpened();
    }
    assert.equal(hash(page), fragment(begun));
  }));

test('every fact that a reason cites stands among the answers, with its value or not answered', () =>
  visit('over http', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    const cited = await page.locator('[data-verdicts] a.fact').allTextContents();
    assert.ok(cited.length > 10);
    const shown = await page.locator('[data-answers] > dl a').evaluateAll((links) => links.map((link) => link.dataset.href.replace(/.*\/|\.html.*/g, '')));
    for (const chip of cited) assert.ok(shown.includes(chip.split(' = ')[0]), chip);
  }));

test('a verdict that is not settled says what would change it, a settled one what flips it', () =>
  visit('over http', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    for (const item of await page.locator('[data-verdicts] section > ul > li').all()) {
      assert.match(await item.innerText(), /Would change it:\s+\S/, await item.innerText());
    }
    const mesh = page.locator('[data-verdicts] li').filter({ has: page.getByRole('heading', { name: 'Service mesh' }) });
    assert.match(await mesh.innerText(), /Speaks for it all the same[\s\S]*More than 5\smicroservices[\s\S]*This rules it out/);
  }));

test('unknown keys are named and left out', () =>
  visit('over http', 'assess.html#s=1&colour=blue&microservices=many&needs_mtls=true&compliance=absurd', async (page) => {
    const notice = await page.getByText(/does not know/).innerText();
    for (const key of ['colour', 'microservices', 'compliance']) assert.ok(notice.includes(key), notice);
    assert.ok(!notice.includes('needs_mtls'));
    assert.equal(await page.locator('[data-answers] > dl > div:not(.unanswered)').count(), 1);
  }));

test('the profile can be downloaded, the link copied, all answers cleared', () =>
  visit('over http', 'assess.html#s=1&compliance=gdpr,dora&ha_in_place=?&microservices=8&rto_hours=5..10', async (page) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download profile' }).click()]);
    assert.equal(
      readFileSync(await file.path(), 'utf8'),
      'facts:\n  microservices: 8\n  compliance: [dora, gdpr]\n  rto_hours: { min: 5, max: 10 }\n  ha_in_place: "?"\n',
    );
    await page.getByRole('button', { name: 'Copy link' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
    await page.getByRole('button', { name: 'Clear all answers' }).click();
    assert.equal(hash(page), '');
    assert.ok(await focused(page));
  }, { permissions: ['clipboard-read', 'clipboard-write'] }));

test('a decision record is chosen by keyboard, and is what the program writes', () =>
  visit('over http', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    const item = page.locator('[data-verdicts] li').filter({ has: page.getByRole('heading', { name: 'Service mesh' }) });
    const ask = item.getByRole('button', { name: /Record a decision ?: Service mesh/ });
    await ask.press('Enter');
    const form = item.locator('form.record');
    await form.waitFor();
    assert.deepEqual(await violations(page), []);
    assert.ok(await page.evaluate(() => document.activeElement.matches('form.record input')), 'focus is on the first choice');
    await page.keyboard.press('ArrowDown');
    assert.equal(await form.getByRole('radio', { checked: true }).getAttribute('value'), 'linkerd');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.equal(file.suggestedFilename(), 'service-mesh.md');
    const text = readFileSync(await file.path(), 'utf8');
    const [, date] = text.match(/^date: (\d{4}-\d\d-\d\d)$/m);
    assert.equal(text, decided('service-mesh', 'linkerd', 'dutch-webshop', date));
    assert.equal(await form.count(), 0);
    assert.ok(await ask.evaluate((element) => element === document.activeElement), 'focus is back');
    await ask.press('Enter');
    await form.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await form.count(), 0);
  }));

test('records and downloads work from file:// too', () =>
  visit('from file://', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    await page.getByRole('button', { name: /^Record a decision/ }).first().click();
    await page.locator('form.record').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the record' }).click()]);
    assert.match(readFileSync(await file.path(), 'utf8'), /^---\nstatus: proposed\ndate: /);
  }));

test('every record of every case is the one that the program writes', () => {
  const scripts = files().filter((name) => /^(assets\/rules\..*|assess\/records)\.js$/.test(name)).sort().reverse().map((name) => readText(name));
  const context = worthwhile(['assess-engine.js', 'assess-words.js', 'assess-record.js'], ...scripts);
  let compared = 0;
  for (const { id, facts } of context.rules.cases) {
    const assessment = compiled.assess(facts);
    context.rules.capabilities.forEach((capability, n) => {
      const { choices } = context.records.capabilities[n];
      // Each choice is compared in some case; all of them in all cases would only take longer.
      for (const choice of choices.filter((_, at) => at === 0 || (at + n + compared) % 3 === 0)) {
        const text = context.record.write(n, choice.id, facts, assessment.capabilities[n], '2026-11-20');
        assert.equal(text, decided(capability.id, choice.id, id, '2026-11-20'), `${id}, ${capability.id}: ${choice.id}`);
        compared += 1;
      }
    });
  }
  assert.ok(compared > 40, `${compared} records`);
});

test('answers are remembered on this device only if the reader wants it', async () => {
  const { page, problems, close } = await open(browser);
  const kept = () => page.evaluate(() => localStorage.getItem('situation'));
  const box = page.getByLabel('Remember on this device');
  await page.goto(`${server.url}assess.html#s=1&microservices=8`);
  await box.waitFor();
  assert.equal(await kept(), null);
  await page.goto(`${server.url}assess.html`);
  await page.reload();
  assert.equal(hash(page), '', 'nothing comes back that was not to be remembered');
  await page.goto(`${server.url}assess.html#s=1&microservices=8`);
  await page.reload();
  await box.check();
  assert.equal(await kept(), 's=1&microservices=8');
  await page.locator('form').getByLabel('I don’t know').check();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  const more = hash(page);
  assert.match(more, /=\?/);
  assert.equal(await kept(), more, 'it follows the answers');
  await page.goto(`${server.url}index.html`);
  await page.goto(`${server.url}assess.html`);
  await page.waitForURL(/#s=1/);
  assert.equal(hash(page), more);
  assert.ok(await box.isChecked());
  // What somebody shared is shown, and does not replace what is remembered.
  await page.goto(`${server.url}index.html`);
  await page.goto(`${server.url}assess.html#s=1&microservices=3`);
  await box.waitFor();
  assert.equal(await kept(), more);
  assert.ok(!(await box.isChecked()));
  await page.locator('form').getByLabel('I don’t know').check();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  assert.equal(await kept(), more, 'nor do answers that are added to it');
  await box.check();
  assert.equal(await kept(), hash(page), 'until the reader wants that');
  await box.uncheck();
  assert.equal(await kept(), null);
  assert.deepEqual(problems, []);
  await close();
});

test('on paper: the verdicts and the answers, no controls', () =>
  visit('over http', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    await page.evaluate(() => (window.print = () => (window.printed = true)));
    await page.getByRole('button', { name: 'Print' }).click();
    assert.ok(await page.evaluate(() => window.printed));
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('[data-verdicts] section').first().isVisible());
    assert.ok(await page.locator('[data-answers] dl').first().isVisible());
    assert.equal(await page.locator('.assess :is(button, input, form)').filter({ visible: true }).count(), 0);
  }));

test('no sentence of what would change a verdict is said twice', () =>
  visit('over http', 'assess.html#s=1&microservices=8', async (page) => {
    for (const list of await page.locator('[data-verdicts] section > ul > li').all()) {
      const lines = await list.locator('.changes > li').allTextContents();
      assert.deepEqual(lines, [...new Set(lines)]);
    }
  }));

test('links within a page keep the situation, and so do links to a place on another', () =>
  visit('over http', 'facts/microservices.html#s=1&microservices=8', async (page) => {
    await page.getByText('You: 8').waitFor();
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('link').last().click();
    assert.equal(hash(page), 's=1&microservices=8');
    await page.locator('main td a[href*="at=trigger-many-services"]').first().click();
    await page.waitForURL(/service-mesh\.html#s=1&microservices=8&at=trigger-many-services$/);
    assert.ok(await page.evaluate(() => document.activeElement.id === 'trigger-many-services'));
  }));

test('the situation in the address is the one that shows: left, gone back to, and taken away', () =>
  visit('over http', 'matrix.html?verdict=open&q=a#s=1&developers=3&microservices=8', async (page) => {
    const strip = page.getByRole('complementary', { name: 'Your situation' });
    await strip.getByRole('button', { name: 'Leave this situation' }).click();
    await page.waitForURL(/matrix\.html\?q=a$/);
    await strip.waitFor({ state: 'detached' });
    await page.locator('.matrix').waitFor();
    assert.ok(await page.locator('.matrix-notice').isHidden(), 'what is filtered by a verdict goes with it');
    await page.goBack();
    await strip.waitFor();
    assert.equal(new URL(page.url()).search, '?verdict=open&q=a');
    assert.match(hash(page), /developers=3/);

    await page.goto(`${server.url}capabilities/service-mesh.html`);
    await page.evaluate(() => (location.hash = 's=1&microservices=8'));
    await strip.waitFor();
    await page.goBack();
    await page.locator('.situation').waitFor({ state: 'detached' });
    assert.equal(await page.locator('.statement-state').count(), 0);
  }));

test('an address says each answer once and in one way', () =>
  visit('over http', 'assess.html#s=1&compliance=,&microservices=8&microservices=2&developers=5..5', async (page) => {
    await page.getByText('compliance=,', { exact: false }).first().waitFor();
    assert.match(await page.locator('.assess-notice').innerText(), /compliance=,, microservices=2/);
    const answers = await page.locator('[data-answers]').innerText();
    assert.match(answers, /\n8\smicroservices/);
    assert.match(answers, /\n5\sdevelopers/);
  }));

test('a number that no address can hold is refused', () =>
  visit('over http', 'assess.html#s=1&at=microservices', async (page) => {
    const form = page.locator('form');
    await form.getByRole('spinbutton').first().fill('999999999999999999999');
    await form.getByRole('button', { name: /Save/ }).click();
    assert.match(await page.getByRole('alert').innerText(), /possible here/);
    await form.getByRole('spinbutton').first().fill('10');
    await form.getByRole('spinbutton').last().fill('5');
    await form.getByRole('button', { name: /Save/ }).click();
    assert.match(await page.getByRole('alert').innerText(), /the smaller first/);
  }));

test('what is probable is counted as probable', () =>
  visit('over http', `assess.html#${fragment(webshop.facts)}`, async (page) => {
    await page.locator('[data-verdicts] section').first().waitFor();
    const expected = {};
    for (const { verdict, settled } of compiled.verdicts(webshop.facts)) {
      const of = rules.verdicts[verdict];
      const name = settled || verdict === 'open' ? of.label : of.probably;
      expected[name] = (expected[name] ?? 0) + 1;
    }
    const told = await page.locator('.tally li').evaluateAll((all) => Object.fromEntries(all.map((one) => [one.querySelector('.verdict').textContent.trim(), Number(one.querySelector('b').textContent)])));
    assert.deepEqual(told, expected);
    assert.ok(Object.keys(expected).some((name) => /^Probably/.test(name)));
  }));

test('a reason reads as it does on the page of its case: the same markup, quotes and spaces', () =>
  visit('over http', 'index.html', async (page) => {
    let marked = 0;
    for (const { id, title, facts } of rules.cases) {
      const reasons = () => page.locator('.reasons > li > div').evaluateAll((all) => [...new Set(all.map((div) => { div.querySelectorAll('.fact').forEach((fact) => fact.remove()); return div.innerHTML.trim(); }))]);
      await page.goto(`${server.url}cases/${id}.html`);
      const written = await reasons();
      await page.goto(`${server.url}assess.html#${fragment(facts)}`);
      await page.locator('[data-verdicts] section').first().waitFor();
      const said = await reasons();
      assert.ok(written.length > 5, title);
      for (const html of written) assert.ok(said.includes(html), `${title}: ${html}`);
      marked += written.filter((html) => /<strong>|&nbsp;|’/.test(html)).length;
    }
    assert.ok(marked > 5, `${marked} with markup`);
  }));

test('a case opens in the assessment', () =>
  visit('over http', 'cases/dutch-webshop.html', async (page) => {
    await page.getByRole('link', { name: 'Open in Assess' }).click();
    await page.locator('[data-verdicts] section').first().waitFor();
    assert.deepEqual(sorted(await groups(page)), sorted(expectedGroups(webshop.facts)));
  }));

test('without scripts: every case with its verdicts, the rules in words, no dead control', () =>
  visit('over http', 'assess.html', async (page) => {
    assert.ok(await page.getByText('The questions need a script', { exact: false }).isVisible());
    const rows = await page.locator('tbody tr').allInnerTexts();
    assert.equal(rows.length, rules.capabilities.length);
    const expected = rules.cases.map(({ facts }) => compiled.verdicts(facts));
    rows.forEach((row, n) => {
      for (const verdicts of expected) {
        const { verdict, settled } = verdicts[n];
        const words = rules.verdicts[verdict];
        assert.ok(row.includes(settled ? words.label : words.probably), `${row}: ${words.label}`);
      }
    });
    await page.getByText('Service mesh', { exact: true }).and(page.locator('summary')).click();
    assert.ok(await page.locator('details').first().getByText('more than 5 microservices', { exact: false }).first().isVisible());
    assert.equal(await page.locator('form, button').filter({ visible: true }).count(), 0);
  }, { scripts: false }));

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 390, 320]) {
    test(`accessible with a situation: ${colorScheme} at ${width} px, nothing sideways`, async () => {
      for (const file of ['assess.html', 'capabilities/service-mesh.html', 'facts/microservices.html', 'matrix.html']) {
        await visit('over http', `${file}#${fragment(webshop.facts)}`, async (page) => {
          await page.waitForLoadState('load');
          assert.deepEqual(await violations(page), [], file);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${file}: ${wide} px`);
        }, { width, colorScheme });
      }
    });
  }
}

test('an assessment of all facts takes no time that a reader notices', () =>
  visit('over http', 'assess.html', async (page) => {
    const bank = rules.cases.find(({ id }) => id === 'regulated-bank').facts;
    const took = await page.evaluate((profile) => {
      const { engine, rules } = globalThis.worthwhile;
      const compiled = engine.compile(rules);
      compiled.assess(profile);
      const start = performance.now();
      // Every answer another one, so that nothing is left of the assessment before.
      for (let n = 0; n < 6; n += 1) compiled.assess(n % 2 ? profile : {});
      return (performance.now() - start) / 6;
    }, bank);
    console.log(`     ${took.toFixed(1)} ms for an assessment`);
    assert.ok(took < 250, `${took} ms`);
  }));
