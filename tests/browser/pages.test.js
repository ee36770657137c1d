// Every kind of page in Chromium: quiet consoles, no sideways scrolling, no script needed to read, print, forced colours.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { fileUrl, launch, open } from './lib/browser.js';
import { allPages } from './lib/html.js';
import { assertNone } from './lib/problems.js';
import { serve } from './lib/server.js';
import { BASE_URL, SAMPLES, SITE, SITE_BASE, htmlFiles } from './lib/site.js';

const SUB_PATH = new URL(BASE_URL).pathname;

let browser;
let server;
let under;
before(async () => {
  browser = await launch();
  server = await serve(SITE);
  under = await serve(SITE_BASE, SUB_PATH);
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

for (const [place, url] of Object.entries(PLACES)) {
  test(`${place}: every page is styled and quiet: no console errors, violations of the policy, requests to other hosts`, async () => {
    const { page, problems, close } = await open(browser);
    for (const { file, redirect } of allPages()) {
      // A redirect leaves before there is anything to look at; 404.html links absolutely, which files cannot.
      if (redirect !== undefined || (file === '404.html' && place === 'from file://')) continue;
      await page.goto(url() + file);
      const sheets = await page.evaluate(() => [...document.styleSheets].length);
      if (sheets === 0) problems.push(`${file}: no style sheet`);
    }
    await close();
    assertNone(problems, 'problems');
  });
}

test('the policy is in force: a script from another place does not run', async () => {
  const { page, problems, close } = await open(browser);
  await page.goto(`${server.url}index.html`);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.body.append(script);
  });
  assert.notEqual(await page.title(), 'taken over');
  await page.waitForTimeout(50);
  assert.ok(problems.some((problem) => problem.includes('policy violation: script-src')), problems.join('\n'));
  await close();
});

for (const width of [1280, 390, 320]) {
  test(`every page: nothing scrolls sideways at ${width} px`, async () => {
    const { page, close } = await open(browser, { width });
    const found = [];
    for (const file of htmlFiles()) {
      await page.goto(server.url + file);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) found.push(`${file}: ${wide} px: ${await sticksOut(page)}`);
    }
    await close();
    assertNone(found, 'pages that scroll sideways');
  });
}

test('every page: a link to 404 under any path finds its way home', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${under.url}capabilities/deeper/than/anything.html`);
  assert.ok(await page.evaluate(() => getComputedStyle(document.body).fontFamily !== 'Times' && document.styleSheets.length > 0));
  await page.getByRole('banner').getByRole('link').first().click();
  assert.equal(page.url().replace(/index\.html$/, ''), under.url);
  await close();
});

for (const [said, situation] of [['', ''], [', with a situation', '#s=1&architecture=microservices&developers=12&microservices=8&needs_mtls=false&network_policies_suffice=true']]) test(`every page: nothing jumps while it loads${said}`, async () => {
  const found = [];
  for (const width of [1280, 390]) {
    const { page, close } = await open(browser, { width });
    await page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const shiftOf = async (file) => {
      await page.goto('about:blank');
      await page.goto(server.url + file + situation, { waitUntil: 'load' });
      await page.waitForTimeout(situation ? 300 : 100);
      return page.evaluate(() => globalThis.shift);
    };
    for (const file of Object.values(SAMPLES)) {
      let shift = await shiftOf(file);
      // What waits for a situation waits a second at most: a machine that was busy for longer is asked again.
      for (let again = 0; situation && shift > 0.02 && again < 2; again += 1) shift = await shiftOf(file);
      if (shift > 0.02) found.push(`${file} at ${width}: ${shift.toFixed(3)}`);
    }
    await close();
  }
  assertNone(found, 'pages with a layout shift above 0.02');
});

for (const [name, file] of Object.entries(SAMPLES)) {
  test(`${name} (${file}): the same text without scripts, and on paper`, async () => {
    const plain = await open(browser, { scripts: false });
    await plain.page.goto(server.url + file);
    assert.equal(await plain.page.locator('h1').count(), 1, 'one h1');
    assert.ok(await plain.page.locator('h1').isVisible(), 'the h1 is visible');
    assertNone(await hidden(plain.page), 'things hidden without scripts');
    const written = await words(plain.page);
    assert.ok(written.length > ({ '404.html': 3, 'search.html': 10 }[file] ?? 20), `only ${written.length} words`);
    assertNone(await controls(plain.page), 'controls that do nothing without scripts');
    await plain.close();

    const print = await open(browser, { width: 720 });
    await print.page.goto(server.url + file);
    await print.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assertNone(await visible(print.page, ['body > a[href="#main"]', 'nav', 'select', '.button', 'button:not(thead button)', 'thead button svg', 'input[type=search]']), 'controls on paper');
    const printed = new Set(await words(print.page));
    const missing = written.filter((word) => !printed.has(word));
    assertNone(missing, 'words that are not on paper');
    const { color, ground } = await print.page.evaluate(() => ({ color: getComputedStyle(document.body).color, ground: getComputedStyle(document.body).backgroundColor }));
    assert.ok(luminance(color) < 0.3 && (luminance(ground) > 0.9 || ground.endsWith(', 0)')), `paper is light: ${color} on ${ground}`);
    await print.close();
  });
}

test('forced colours: every word is still there, and badges keep an edge', async () => {
  const found = [];
  const { page, close } = await open(browser, { forcedColors: 'active' });
  for (const [name, file] of Object.entries(SAMPLES)) {
    await page.goto(server.url + file);
    for (const line of await hidden(page)) found.push(`${name}: ${line}`);
  }
  await close();
  assertNone(found, 'things lost in forced colours');
});

test('keyboard: the first Tab stop of every kind of page skips to the content, and focus is visible', async () => {
  const found = [];
  const { page, close } = await open(browser);
  for (const [name, file] of Object.entries(SAMPLES)) {
    await page.goto(server.url + file);
    await page.keyboard.press('Tab');
    const first = page.locator(':focus');
    if ((await first.getAttribute('href')) !== '#main') { found.push(`${name}: the first stop is ${await first.evaluate((element) => element.outerHTML.slice(0, 100))}`); continue; }
    if (!(await first.evaluate((element) => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.left >= 0 && box.height > 10; }))) found.push(`${name}: the skip link is not shown when focused`);
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      const unseen = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        // A control drawn by its neighbour shows its focus there.
        const drawn = [element, element.nextElementSibling, element.firstElementChild, element.parentElement].filter(Boolean);
        const shown = drawn.some((one) => { const style = getComputedStyle(one); return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; });
        return shown ? null : element.outerHTML.slice(0, 120);
      });
      if (unseen !== null) found.push(`${name}: focus does not show on ${unseen}`);
    }
  }
  await close();
  assertNone(found, 'keyboard stops that fail');
});

/** Parts of the main text that take no room, although they hold text; what only screen readers get is left out. */
function hidden(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, summary, caption)')]
      .filter((element) => element.textContent.trim() !== '' && !element.closest('[hidden], .for-screen-readers, details:not([open]), [data-without-scripts]'))
      .filter((element) => !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // A table's head is replaced by labels where its rows become cards.
      .filter((element) => !element.closest('thead'))
      .map((element) => `${element.tagName.toLowerCase()}: ${element.textContent.trim().slice(0, 80)}`),
  );
}

/** Words of the main part that a reader sees. */
function words(page) {
  return page.evaluate(() => {
    const texts = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      // What leads elsewhere or works the page is not the text.
      if (element.closest('nav, button, .button, select, [role=status], .page-tools, .result, .filters, script, svg, .permalink, .jump, .statement-more, .indexes, [data-without-scripts], thead')) continue;
      if (element.checkVisibility({ visibilityProperty: true })) texts.push(node.data);
    }
    return texts.join(' ').split(/\s+/).filter((word) => /\p{L}{3}/u.test(word));
  });
}

/** The innermost elements that end beyond the right edge of the window, for the message. */
function sticksOut(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && ![...element.children].some((child) => child.getBoundingClientRect().right > innerWidth + 0.5))
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 100))
      .join(' | '),
  );
}

/** Form controls that show without scripts and would do nothing; a list can be ticked off without any. */
function controls(page) {
  return visible(page, ['select', 'button', 'input:not([type=checkbox], [disabled])']);
}

async function visible(page, selectors) {
  const found = [];
  for (const selector of selectors) {
    for (const element of await page.locator(selector).all()) {
      if (await element.isVisible()) found.push(`${selector}: ${(await element.evaluate((one) => one.outerHTML)).slice(0, 100)}`);
    }
  }
  return found;
}

function luminance(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}
